package ai.bctrl.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Runs test classes inside a test, against a control plane that the test can look into. */
final class JupiterRun {
    private final Path directory;
    private final Map<String, String> parameters = new LinkedHashMap<>();

    JupiterRun(ControlPlane controlPlane, Path directory) {
        this(directory);
        parameters.put("bctrl.apiKey", controlPlane.apiKey());
        parameters.put("bctrl.baseUrl", controlPlane.baseUrl());
    }

    JupiterRun(Path directory) {
        this.directory = directory;
        parameters.put("bctrl.evidenceDirectory", evidence().toString());
    }

    Path evidence() {
        return directory.resolve("evidence");
    }

    /** {@return the settings that the tests see} */
    BctrlSettings settings() {
        return BctrlSettings.read(new SettingsSource(Map.of(), Map.of(), parameters::get, parameters.keySet()));
    }

    JupiterRun with(String key, String value) {
        parameters.put(key, value);
        return this;
    }

    JupiterRun concurrently(int threads) {
        return with("junit.jupiter.execution.parallel.enabled", "true")
                .with("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .with("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .with("junit.jupiter.execution.parallel.config.fixed.parallelism", String.valueOf(threads))
                .with("junit.jupiter.execution.parallel.config.fixed.max-pool-size", String.valueOf(threads));
    }

    Result of(Class<?>... testClasses) {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .configurationParameters(parameters)
                .outputDirectoryCreator(new Output(directory.resolve("published")))
                .selectors(Arrays.stream(testClasses)
                        .map(type -> selectClass(type))
                        .toArray(DiscoverySelector[]::new))
                .execute();
        return new Result(results);
    }

    /** What happened. */
    record Result(EngineExecutionResults results) {
        Events tests() {
            return results.testEvents();
        }

        void allPass(int number) {
            results.allEvents().failed().stream()
                    .findFirst()
                    .flatMap(event -> event.getPayload(TestExecutionResult.class))
                    .flatMap(TestExecutionResult::getThrowable)
                    .ifPresent(failure -> {
                        throw new AssertionError("a test failed: " + failure, failure);
                    });
            tests().assertStatistics(counts -> counts.started(number).succeeded(number));
        }

        List<Throwable> failures() {
            return results.allEvents().failed().stream()
                    .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                            .getThrowable()
                            .orElseThrow())
                    .toList();
        }

        List<String> entries(String key) {
            List<String> values = new ArrayList<>();
            results.allEvents().reportingEntryPublished().stream()
                    .map(event -> event.getRequiredPayload(ReportEntry.class).getKeyValuePairs())
                    .filter(entry -> entry.containsKey(key))
                    .forEach(entry -> values.add(entry.get(key)));
            return values;
        }

        List<FileEntry> published() {
            return results.allEvents().fileEntryPublished().stream()
                    .map(Result::file)
                    .toList();
        }

        private static FileEntry file(Event event) {
            return event.getRequiredPayload(FileEntry.class);
        }
    }

    /** {@return the relative paths of all files below a directory} */
    static List<String> files(Path root) throws IOException {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    private record Output(Path root) implements OutputDirectoryCreator {
        @Override
        public Path getRootDirectory() {
            return root;
        }

        @Override
        public Path createOutputDirectory(TestDescriptor test) throws IOException {
            return Files.createDirectories(
                    root.resolve(test.getUniqueId().toString().replaceAll("[^A-Za-z0-9]+", "_")));
        }
    }
}
