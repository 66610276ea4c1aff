package ai.bctrl.junit;

import ai.bctrl.junit.internal.evidence.ContextRecording;
import ai.bctrl.junit.internal.evidence.TestName;
import ai.bctrl.junit.internal.run.ParameterNames;
import ai.bctrl.junit.internal.run.Stores;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Finds the browser of a context in JUnit's store, which closes it when the context ends. Stateless. */
final class TestBrowsers {
    private record TestKey(String uniqueId) {}

    private record ClassKey(String uniqueId) {}

    private TestBrowsers() {}

    /** {@return the browser of the context, not opened yet the first time} */
    static TestBrowser of(ExtensionContext context) {
        return Stores.computed(
                context.getStore(BctrlExtension.NAMESPACE),
                new TestKey(context.getUniqueId()),
                TestBrowser.class,
                () -> create(context));
    }

    /** {@return the browser of the context, or null if nobody asked for it} */
    static @Nullable TestBrowser existing(ExtensionContext context) {
        return Stores.existing(
                context.getStore(BctrlExtension.NAMESPACE), new TestKey(context.getUniqueId()), TestBrowser.class);
    }

    /** {@return the browser of the test that the context belongs to, as a dynamic test does to its factory; or null} */
    static @Nullable TestBrowser ofTest(ExtensionContext context) {
        for (ExtensionContext at = context; at != null; at = at.getParent().orElse(null)) {
            TestBrowser browser = isOfClass(at) ? null : existing(at);
            if (browser != null || isOfClass(at)) {
                return browser;
            }
        }
        return null;
    }

    /** {@return whether the context is that of a class; a dynamic test's has neither class nor method} */
    static boolean isOfClass(ExtensionContext context) {
        return context.getTestClass().isPresent() && context.getTestMethod().isEmpty();
    }

    /** {@return the browser that the class of the context shares, or null if there is none yet} */
    static @Nullable SharedBrowser existingShared(ExtensionContext context) {
        ExtensionContext owner = BrowserRequest.owner(context);
        return Stores.existing(
                owner.getStore(BctrlExtension.NAMESPACE), new ClassKey(owner.getUniqueId()), SharedBrowser.class);
    }

    private static TestBrowser create(ExtensionContext context) {
        BctrlSettings settings = settings(context);
        BrowserRequest request = BrowserRequest.of(context, settings);
        RunResources run = RunResources.of(context);
        ExtensionContext owner = BrowserRequest.owner(context);
        SharedBrowser shared = request.scope() == BrowserScope.CLASS ? shared(owner, request, settings, run) : null;
        boolean ofWholeClass = shared != null && context.getUniqueId().equals(owner.getUniqueId());
        return new TestBrowser(name(context), request, settings, run, shared, ofWholeClass, new TestOutcome(context));
    }

    private static SharedBrowser shared(
            ExtensionContext owner, BrowserRequest request, BctrlSettings settings, RunResources run) {
        TestName name = name(owner);
        return Stores.computed(
                owner.getStore(BctrlExtension.NAMESPACE),
                new ClassKey(owner.getUniqueId()),
                SharedBrowser.class,
                () -> new SharedBrowser(
                        name.className(),
                        new ContextRecording(request.evidence(settings), name.shortName()),
                        LiveLink.of(settings.live(), System.out),
                        onContext -> new BrowserOpening(request, settings, run).open(name, onContext)));
    }

    /** {@return the settings as the context sees them} */
    static BctrlSettings settings(ExtensionContext context) {
        return BctrlSettings.read(SettingsSource.of(
                key -> context.getConfigurationParameter(key).orElse(null), ParameterNames.of(context)));
    }

    static TestName name(ExtensionContext context) {
        Class<?> type = context.getRequiredTestClass();
        Method method = context.getTestMethod().orElse(null);
        return new TestName(
                type.getName(),
                method == null ? null : method.getName(),
                method == null ? List.of() : TestName.simpleNames(method.getParameterTypes()),
                method != null && isOverloaded(type, method),
                context.getUniqueId(),
                context.getDisplayName());
    }

    private static boolean isOverloaded(Class<?> type, Method method) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            if (Arrays.stream(at.getDeclaredMethods())
                    .anyMatch(other -> other.getName().equals(method.getName())
                            && !other.isSynthetic()
                            && !Arrays.equals(other.getParameterTypes(), method.getParameterTypes()))) {
                return true;
            }
        }
        return false;
    }
}
