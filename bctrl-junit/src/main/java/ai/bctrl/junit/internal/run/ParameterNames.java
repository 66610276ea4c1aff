package ai.bctrl.junit.internal.run;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.engine.support.store.NamespacedHierarchicalStore;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Which configuration parameters there are: an extension can only ask for those it knows. Before JUnit 5.13 there is no
 * way from a listener to an extension, and only those in {@code junit-platform.properties} are found. Stateless.
 */
public final class ParameterNames {
    private static final boolean SESSION_HAS_STORE =
            Presence.of("org.junit.platform.launcher.LauncherSession", "getStore");
    private static final String NAMESPACE = ParameterNames.class.getName();
    private static final String KEY = "names";
    private static final String FILE = "junit-platform.properties";

    private ParameterNames() {}

    /** Notes them whenever an execution of the session starts. */
    public static void noteIn(LauncherSession session) {
        if (SESSION_HAS_STORE) {
            Since513.noteIn(session);
        }
    }

    /** {@return the names of the configuration parameters, as far as they can be known} */
    public static Set<String> of(ExtensionContext context) {
        return SESSION_HAS_STORE
                ? Since513.names(context)
                : inFile(Thread.currentThread().getContextClassLoader());
    }

    static Set<String> inFile(@Nullable ClassLoader loader) {
        Properties properties = new Properties();
        try (InputStream file = loader == null ? null : loader.getResourceAsStream(FILE)) {
            if (file != null) {
                properties.load(file);
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            // JUnit reads it too and complains.
        }
        return properties.stringPropertyNames();
    }

    /** Linked only where sessions have stores. */
    private static final class Since513 {
        static void noteIn(LauncherSession session) {
            session.getLauncher().registerTestExecutionListeners(new Notes(session.getStore()));
        }

        static Set<String> names(ExtensionContext context) {
            Set<?> names = Stores.ofSession(context, ExtensionContext.Namespace.create(NAMESPACE))
                    .getOrDefault(KEY, Set.class, Set.of());
            return names.stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet());
        }

        private record Notes(NamespacedHierarchicalStore<Namespace> store) implements TestExecutionListener {
            @Override
            public void testPlanExecutionStarted(TestPlan plan) {
                store.put(
                        Namespace.create(NAMESPACE),
                        KEY,
                        Set.copyOf(plan.getConfigurationParameters().keySet()));
            }
        }
    }
}
