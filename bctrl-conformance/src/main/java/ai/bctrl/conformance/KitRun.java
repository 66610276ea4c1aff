package ai.bctrl.conformance;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs test classes through the Platform Launcher. Immutable.
 *
 * @param launcher the one of the session that most lifecycles share
 * @param controlPlane where the browsers come from
 * @param directory where evidence is kept
 * @param parameters JUnit's configuration parameters, among them the settings of the extension
 */
record KitRun(Launcher launcher, ObservedControlPlane controlPlane, Path directory, Map<String, String> parameters) {
    static KitRun of(Launcher launcher, ObservedControlPlane controlPlane, Path directory) {
        return new KitRun(
                launcher,
                controlPlane,
                directory,
                Map.of(
                        "bctrl.apiKey", controlPlane.apiKey(),
                        "bctrl.baseUrl", controlPlane.baseUrl(),
                        "bctrl.evidenceDirectory", directory.toString(),
                        // What a failure leaves is another suite's matter; here it would only take time.
                        "bctrl.evidence", "OFF",
                        "bctrl.attachments", "false",
                        "junit.platform.reporting.output.dir",
                                directory.resolve("published").toString()));
    }

    KitRun with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(key, value);
        return new KitRun(launcher, controlPlane, directory, Map.copyOf(more));
    }

    /** The modes are those of {@code ExecutionMode}. */
    KitRun parallel(String methods, String classes) {
        return with("junit.jupiter.execution.parallel.enabled", "true")
                .with("junit.jupiter.execution.parallel.mode.default", methods)
                .with("junit.jupiter.execution.parallel.mode.classes.default", classes)
                .with("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .with("junit.jupiter.execution.parallel.config.fixed.parallelism", "3")
                .with("junit.jupiter.execution.parallel.config.fixed.max-pool-size", "3");
    }

    /** Runs the tests of the classes. */
    Ended of(Class<?>... classes) {
        return of(launcher, classes);
    }

    /** Runs the tests of the classes in a launcher session of their own, which ends with them. */
    Ended inOwnSession(Class<?>... classes) {
        try (LauncherSession session = LauncherFactory.openSession()) {
            return of(session.getLauncher(), classes);
        }
    }

    Ended of(Launcher where, Class<?>... classes) {
        Ended ended = new Ended();
        where.execute(request(classes), ended);
        return ended;
    }

    /** Runs the tests of the classes, with another listener before ours. */
    Ended of(TestExecutionListener listener, Class<?>... classes) {
        Ended ended = new Ended();
        launcher.execute(request(classes), listener, ended);
        return ended;
    }

    LauncherDiscoveryRequest request(Class<?>... classes) {
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(Arrays.stream(classes).map(type -> selectClass(type)).toArray(ClassSelector[]::new))
                .configurationParameters(parameters)
                .build();
    }
}
