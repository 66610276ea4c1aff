package ai.bctrl.junit;

import ai.bctrl.error.BctrlConfigurationException;
import ai.bctrl.junit.evidence.Keep;
import ai.bctrl.junit.evidence.TraceLevel;
import ai.bctrl.junit.internal.evidence.EvidencePlan;
import ai.bctrl.model.Fingerprint;
import ai.bctrl.model.FingerprintLocale;
import ai.bctrl.model.Isolation;
import ai.bctrl.model.RuntimeConfig;
import ai.bctrl.runtime.RuntimeSpec;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** What browser a test or class asks for: the nearest annotation, overridden by the settings. Immutable. */
record BrowserRequest(
        BrowserScope scope,
        @Nullable String locale,
        @Nullable String profile,
        BrowserIsolation isolation,
        List<String> extensionIds,
        Class<? extends BrowserSpec> spec,
        List<Keep> evidence,
        TraceLevel trace) {

    static BrowserRequest of(ExtensionContext context, BctrlSettings settings) {
        Nearest nearest = Nearest.of(context);
        if (nearest.onMethod() && nearest.annotation().scope() == BrowserScope.CLASS) {
            throw new BctrlConfigurationException("@BctrlBrowser(scope = CLASS) on the method "
                    + context.getRequiredTestMethod().getName() + " has no meaning; put it on the class "
                    + context.getRequiredTestClass().getName());
        }
        return of(nearest.annotation(), nearest.onMethod(), settings);
    }

    /** {@return what a test of a test plan will ask for, or null if no annotation says so} */
    static @Nullable BrowserRequest ofPlanned(Class<?> testClass, Method method, BctrlSettings settings) {
        Optional<BctrlBrowser> onMethod = AnnotationSupport.findAnnotation(method, BctrlBrowser.class);
        Optional<BctrlBrowser> nearest = onMethod;
        for (Class<?> at = testClass; at != null && nearest.isEmpty(); at = at.getEnclosingClass()) {
            nearest = AnnotationSupport.findAnnotation(at, BctrlBrowser.class);
        }
        return nearest.map(annotation -> of(annotation, onMethod.isPresent(), settings))
                .orElse(null);
    }

    /** {@return the context of the class that a browser with the scope {@code CLASS} belongs to} */
    static ExtensionContext owner(ExtensionContext context) {
        return Nearest.of(context).owner();
    }

    private static BrowserRequest of(BctrlBrowser annotation, boolean onMethod, BctrlSettings settings) {
        BrowserScope scope = settings.scope() == null || onMethod ? annotation.scope() : settings.scope();
        return new BrowserRequest(
                scope,
                settings.locale() == null ? emptyToNull(annotation.locale()) : settings.locale(),
                settings.profile() == null ? emptyToNull(annotation.profile()) : settings.profile(),
                isolation(annotation, settings),
                List.of(annotation.extensionIds()),
                annotation.spec(),
                List.of(annotation.evidence()),
                annotation.trace());
    }

    /** {@return whether a browser for it can be made ready ahead of need} */
    boolean canBePrepared() {
        return scope == BrowserScope.TEST && profile == null;
    }

    /** {@return whether nothing but annotation and settings says what the context is like} */
    boolean isPlain() {
        return spec == BrowserSpec.AsIs.class;
    }

    /** The setting is for whole suites, so it does not concern what only a process of its own can have. */
    private static BrowserIsolation isolation(BctrlBrowser annotation, BctrlSettings settings) {
        if (settings.isolation() == null) {
            return annotation.isolation();
        }
        boolean own =
                settings.profile() != null || !annotation.profile().isBlank() || annotation.extensionIds().length > 0;
        return own ? BrowserIsolation.PROCESS : settings.isolation();
    }

    /** {@return what to keep of the test, with the settings on top of the annotation} */
    EvidencePlan evidence(BctrlSettings settings) {
        TraceLevel level = settings.evidence().trace();
        return EvidencePlan.of(
                evidence,
                settings.evidence().mode(),
                settings.evidence().kinds(),
                level == null ? trace : level,
                settings.evidence().limit());
    }

    /** {@return an object of the spec's class} */
    BrowserSpec newSpec() {
        try {
            return ReflectionSupport.newInstance(spec);
        } catch (RuntimeException failure) {
            throw new BctrlConfigurationException(
                    "@BctrlBrowser(spec = " + spec.getName()
                            + ".class): the class needs a constructor without parameters that does not fail, and must not"
                            + " be an inner class",
                    failure);
        }
    }

    /** {@return the spec of the runtime, with the annotation's and the settings' values} */
    RuntimeSpec.Builder runtime(BctrlSettings settings) {
        RuntimeSpec.Builder builder = RuntimeSpec.builder()
                .profile(profile)
                .extensionIds(extensionIds)
                .isolation(isolation == BrowserIsolation.CONTEXT ? Isolation.CONTEXT : Isolation.PROCESS)
                .acquireTimeout(settings.acquireTimeout())
                .queueTimeout(settings.queueTimeout())
                .recording(evidence(settings).recording());
        if (locale != null) {
            builder.config(RuntimeConfig.builder()
                    .fingerprint(new Fingerprint(null, fingerprintLocale(locale)))
                    .build());
        }
        return builder;
    }

    private static FingerprintLocale fingerprintLocale(String locale) {
        for (FingerprintLocale known : FingerprintLocale.values()) {
            if (known != FingerprintLocale.UNKNOWN && known.wireName().equalsIgnoreCase(locale)) {
                return known;
            }
        }
        throw new BctrlConfigurationException("locale (bctrl.locale or @BctrlBrowser) is '" + locale
                + "'; it must be one of "
                + Arrays.stream(FingerprintLocale.values())
                        .filter(known -> known != FingerprintLocale.UNKNOWN)
                        .map(FingerprintLocale::wireName)
                        .collect(Collectors.joining(", ")));
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isBlank() ? null : text.strip();
    }

    /** The annotation that counts, and where it stands. */
    private record Nearest(BctrlBrowser annotation, boolean onMethod, ExtensionContext owner) {
        static Nearest of(ExtensionContext context) {
            ExtensionContext top = context;
            for (ExtensionContext at = context; at != null; at = parent(at)) {
                Optional<BctrlBrowser> here = AnnotationSupport.findAnnotation(at.getElement(), BctrlBrowser.class);
                if (here.isPresent()) {
                    boolean onMethod = at.getElement().orElse(null) instanceof Method;
                    return new Nearest(here.get(), onMethod, onMethod ? topClass(context) : at);
                }
                top = at.getTestClass().isPresent() ? at : top;
            }
            // Somebody registered the extension by other means than the annotation.
            return new Nearest(Defaults.class.getAnnotation(BctrlBrowser.class), false, top);
        }

        private static ExtensionContext topClass(ExtensionContext context) {
            ExtensionContext top = context;
            for (ExtensionContext at = context; at != null; at = parent(at)) {
                top = at.getTestClass().isPresent() ? at : top;
            }
            return top;
        }

        private static @Nullable ExtensionContext parent(ExtensionContext context) {
            return context.getParent().orElse(null);
        }
    }

    @BctrlBrowser
    private static final class Defaults {}
}
