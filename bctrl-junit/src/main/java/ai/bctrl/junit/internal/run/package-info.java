/**
 * Where a run of tests keeps its files, and which JUnit it runs under. Start with {@link
 * ai.bctrl.junit.internal.run.RunDirectory}.
 */
@NullMarked
package ai.bctrl.junit.internal.run;

import org.jspecify.annotations.NullMarked;
