@NullMarked
package ai.bctrl.junit.internal.har;

import org.jspecify.annotations.NullMarked;
