/**
 * Recordings of runs: pictures that are taken while something moves, kept in one file for each run, shown on a replay page
 * and turned into a video file on demand.
 */
@NullMarked
package ai.bctrl.local.internal.recording;

import org.jspecify.annotations.NullMarked;
