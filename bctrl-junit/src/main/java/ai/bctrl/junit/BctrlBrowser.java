package ai.bctrl.junit;

import ai.bctrl.junit.evidence.Keep;
import ai.bctrl.junit.evidence.TraceLevel;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives tests a managed browser. Test methods, lifecycle methods and constructors may have parameters of these types:
 * {@code com.microsoft.playwright.Page}, {@code BrowserContext} and {@code Browser}, {@link
 * ai.bctrl.playwright.BrowserSession}, {@link ai.bctrl.runtime.RuntimeLease}, {@link ai.bctrl.model.LiveView} (with control), {@link
 * ai.bctrl.model.Run} and {@link ai.bctrl.BctrlClient}. A test that asks for none of them starts nothing.
 *
 * <pre>{@code
 * @BctrlBrowser
 * class CheckoutTest {
 *     @Test
 *     void buys(Page page) {
 *         page.navigate("http://localhost:8080/");
 *     }
 * }
 * }</pre>
 *
 * <p>Works on classes and methods, is inherited, and can be put on annotations of your own. The nearest one counts, as a
 * whole: that of the method, of its class or a superclass, of the enclosing classes. {@link BctrlSettings} override it.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@ExtendWith(BctrlExtension.class)
public @interface BctrlBrowser {
    /** {@return how long a browser lives; on a method it is always {@link BrowserScope#TEST}} */
    BrowserScope scope() default BrowserScope.TEST;

    /** {@return language and region of the browser, for example {@code de-DE}; the service's own if empty} */
    String locale() default "";

    /** {@return name of the browser profile to launch from; an ephemeral one if empty} */
    String profile() default "";

    /** {@return what keeps the browser apart from those of other tests} */
    BrowserIsolation isolation() default BrowserIsolation.PROCESS;

    /** {@return ids of extensions to load} */
    String[] extensionIds() default {};

    /** {@return when which evidence is kept; everything of failing tests if empty. Later elements beat earlier ones} */
    Keep[] evidence() default {};

    /** {@return how much Playwright's tracing records} */
    TraceLevel trace() default TraceLevel.ACTIONS;

    /** {@return a class, with a constructor without parameters, that sets everything else} */
    Class<? extends BrowserSpec> spec() default BrowserSpec.AsIs.class;
}
