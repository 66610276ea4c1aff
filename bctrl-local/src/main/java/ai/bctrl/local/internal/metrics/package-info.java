/** What is counted, as Prometheus reads it; the one place that sees Micrometer. */
@NullMarked
package ai.bctrl.local.internal.metrics;

import org.jspecify.annotations.NullMarked;
