package ai.bctrl.junit;

import ai.bctrl.runtime.RuntimeSpec;
import com.microsoft.playwright.Browser;

/**
 * Sets what {@link BctrlBrowser} has no attribute for. Implementations have a constructor without parameters; an object
 * serves one browser.
 *
 * <pre>{@code
 * class OnAPhone implements BrowserSpec {
 *     @Override
 *     public void context(Browser.NewContextOptions options) {
 *         options.setViewportSize(390, 844).setHasTouch(true);
 *     }
 * }
 * }</pre>
 */
public interface BrowserSpec {
    /** Changes what browser is leased. The builder carries the values of the annotation and the settings. */
    default void runtime(RuntimeSpec.Builder spec) {}

    /** Changes the options of each fresh context. */
    default void context(Browser.NewContextOptions options) {}

    /** Changes nothing. */
    final class AsIs implements BrowserSpec {
        /** Creates it. */
        public AsIs() {}
    }
}
