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

/**
 * What browser a test or class asks for: the nearest annotation, overridden by the settings. Immutable.
 *
 * @param owner the context of the class that a browser with the scope {@code CLASS} belongs to
 */
record BrowserRequest(
        BrowserScope scope,
        @Nullable String locale,
        @Nullable String profile,
        BrowserIsolation isolation,
        List<String> extensionIds,
        Class<? extends BrowserSpec> spec,
        List<Keep> evidence,
        TraceLevel trace,
        ExtensionContext owner) {

    static BrowserRequest of(ExtensionContext context, BctrlSettings settings) {
        ExtensionContext owner = topClass(context);
        BctrlBrowser nearest = null;
        boolean onMethod = false;
        for (ExtensionContext at = context; at != null && nearest == null; at = parent(at)) {
            Optional<BctrlBrowser> here = AnnotationSupport.findAnnotation(at.getElement(), BctrlBrowser.class);
            if (here.isPresent()) {
                nearest = here.get();
                onMethod = at.getElement().orElse(null) instanceof Method;
                owner = onMethod ? owner : at;
            }
        }
        if (nearest == null) {
            // Somebody registered the extension by other means than the annotation.
            nearest = Defaults.class.getAnnotation(BctrlBrowser.class);
        }
        return of(nearest, onMethod, owner, context, settings);
    }

    private static BrowserRequest of(
            BctrlBrowser annotation,
            boolean onMethod,
            ExtensionContext owner,
            ExtensionContext context,
            BctrlSettings settings) {
        if (onMethod && annotation.scope() == BrowserScope.CLASS) {
            throw new BctrlConfigurationException("@BctrlBrowser(scope = CLASS) on the method "
                    + context.getRequiredTestMethod().getName() + " has no meaning; put it on the class "
                    + context.getRequiredTestClass().getName());
        }
        BrowserScope scope = settings.scope() == null || onMethod ? annotation.scope() : settings.scope();
        return new BrowserRequest(
                scope,
                settings.locale() == null ? emptyToNull(annotation.locale()) : settings.locale(),
                settings.profile() == null ? emptyToNull(annotation.profile()) : settings.profile(),
                isolation(annotation, settings),
                List.of(annotation.extensionIds()),
                annotation.spec(),
                List.of(annotation.evidence()),
                annotation.trace(),
                owner);
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
    RuntimeSpec.Builder runtime(BctrlSettings settings, String name) {
        RuntimeSpec.Builder builder = RuntimeSpec.builder()
                .name(name)
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

    private static @Nullable String emptyToNull(String text) {
        return text.isBlank() ? null : text.strip();
    }

    @BctrlBrowser
    private static final class Defaults {}
}
