package ai.bctrl.soak;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a soak is to be like. Immutable.
 *
 * @param time how long harm is done
 * @param seed of what is done when
 * @param directory a new one, where everything is kept
 */
record SoakOptions(Duration time, long seed, Path directory) {}
