@NullMarked
package ai.bctrl.internal.http;

import org.jspecify.annotations.NullMarked;
