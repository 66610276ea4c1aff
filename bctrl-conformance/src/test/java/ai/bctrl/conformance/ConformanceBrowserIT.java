package ai.bctrl.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * The conformance kit on every JUnit that is supported, each in a JVM of its own. {@code -Dbctrl.junit=6.1.3} runs one, {@code
 * -Dbctrl.lifecycle=TEXT} the lifecycles whose sentences have that text.
 */
class ConformanceBrowserIT {
    static final List<String> JUNITS = List.of("5.12.2", "5.13.4", "5.14.4", "6.1.3");

    @TestFactory
    Stream<DynamicContainer> everyLifecycleKeepsItsPromise() {
        String only = System.getProperty("bctrl.junit", "");
        return JUNITS.stream()
                .filter(version -> only.isEmpty() || version.equals(only))
                .map(version -> dynamicContainer("JUnit " + version, of(version)));
    }

    private static Stream<DynamicNode> of(String version) {
        JsonArray results;
        try {
            results = run(version);
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
        boolean newest = !version.startsWith("5.12");
        return StreamSupport.stream(results.spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .map(result -> dynamicTest(result.get("sentence").getAsString(), () -> keepsIt(result, newest)));
    }

    private static void keepsIt(JsonObject result, boolean hasAll) {
        JsonElement problem = result.get("problem");
        assertThat(problem == null || problem.isJsonNull() ? "" : problem.getAsString())
                .isEmpty();
        assertThat(result.get("state").getAsString()).isIn(hasAll ? List.of("passed") : List.of("passed", "absent"));
    }

    private static JsonArray run(String version) throws IOException, InterruptedException {
        Path runs = Files.createDirectories(Path.of(JUnitJars.setting("bctrl.conformance.runs")));
        Path run = Files.createTempDirectory(runs, version + "-");
        Path results = run.resolve("results.json");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-cp",
                JUnitJars.classPath(version, run),
                ConformanceKit.class.getName(),
                run.toString(),
                results.toString(),
                System.getProperty("bctrl.lifecycle", "")));
        int exit = ChildProcess.run(command, run, run.resolve("kit.log"));
        assertThat(exit).as("the kit's log: %s", run.resolve("kit.log")).isZero();
        return JsonParser.parseString(Files.readString(results)).getAsJsonArray();
    }
}
