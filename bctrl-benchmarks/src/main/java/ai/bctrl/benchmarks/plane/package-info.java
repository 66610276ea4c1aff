/** What is measured: control planes in JVMs of their own, browsers, simulated browsers, connections. Start with {@link ai.bctrl.benchmarks.plane.ServeJvm} and {@link ai.bctrl.benchmarks.plane.CdpConnection}. */
@NullMarked
package ai.bctrl.benchmarks.plane;

import org.jspecify.annotations.NullMarked;
