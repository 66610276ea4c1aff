@NullMarked
package ai.bctrl.junit.internal.redaction;

import org.jspecify.annotations.NullMarked;
