/**
 * The soak: real tests in several JVMs against a control plane, for minutes or hours, while browsers, connections, the control plane
 * and the JVMs are killed at random. {@link ai.bctrl.soak.Soak} is the command, {@link ai.bctrl.soak.SoakRun} what it does.
 */
@NullMarked
package ai.bctrl.soak;

import org.jspecify.annotations.NullMarked;
