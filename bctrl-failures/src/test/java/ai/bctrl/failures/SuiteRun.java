package ai.bctrl.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs tests inside a test, and keeps what they failed of and what was logged. Not thread-safe. */
final class SuiteRun implements TestExecutionListener {
    private static final long LARGEST_BUNDLE = 60_000_000;

    private final Path directory;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> passed = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> warnings = new ConcurrentLinkedQueue<>();

    /** Evidence is kept in that directory. */
    SuiteRun(Path directory) {
        this.directory = directory;
        parameters.put("bctrl.evidenceDirectory", directory.toString());
        parameters.put("bctrl.local.no-sandbox", "true");
    }

    SuiteRun with(String key, String value) {
        parameters.put(key, value);
        return this;
    }

    /** Runs the methods of these names. */
    SuiteRun of(Class<?> type, String... names) {
        DiscoverySelector[] methods = ReflectionSupport.streamMethods(
                        type, method -> List.of(names).contains(method.getName()), HierarchyTraversalMode.TOP_DOWN)
                .map(method -> selectMethod(type, method))
                .toArray(DiscoverySelector[]::new);
        assertThat(methods).isNotEmpty();
        Handler handler = new Warnings();
        Logger logger = Logger.getLogger("ai.bctrl.junit");
        logger.addHandler(handler);
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(methods)
                                    .configurationParameters(parameters)
                                    .build(),
                            this);
        } finally {
            logger.removeHandler(handler);
        }
        return this;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        result.getThrowable().ifPresent(failures::add);
        if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
            passed.add(test.getDisplayName());
        }
    }

    /** {@return what tests and containers failed of} */
    List<Throwable> failures() {
        return List.copyOf(failures);
    }

    /** {@return the display names of the tests that passed} */
    List<String> passed() {
        return List.copyOf(passed);
    }

    /** {@return what was logged as a warning or worse} */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** {@return the only bundle, which is whole in itself and of moderate size; nothing else failed or was left behind} */
    KeptBundle bundle() throws IOException {
        List<KeptBundle> all = KeptBundle.below(directory);
        assertThat(all).as("%s", failures).hasSize(1);
        assertThat(failures).hasSize(1);
        assertThat(warnings).isEmpty();
        assertThat(leftovers()).isEmpty();
        KeptBundle bundle = all.get(0);
        bundle.check();
        assertThat(bundle.size()).isLessThan(LARGEST_BUNDLE);
        return bundle;
    }

    /** {@return the files below the directory that are neither whole nor meant to stay} */
    List<Path> leftovers() throws IOException {
        List<Path> left = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(file -> file.getFileName().toString().matches("\\..*\\.part|\\.reserve.*"))
                    .forEach(left::add);
        }
        return left;
    }

    private final class Warnings extends Handler {
        @Override
        public void publish(LogRecord logged) {
            if (logged.getLevel().intValue() >= Level.WARNING.intValue()) {
                warnings.add(logged.getMessage() + " " + Arrays.toString(logged.getParameters()));
            }
        }

        @Override
        public void flush() {
            // Nothing is buffered.
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
