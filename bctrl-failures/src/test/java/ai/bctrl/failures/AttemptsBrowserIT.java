package ai.bctrl.failures;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.bctrl.junit.BctrlBrowser;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junitpioneer.jupiter.RetryingTest;

/** However often a test is tried, each attempt that fails has a directory of its own. */
@Timeout(180)
class AttemptsBrowserIT {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);
    private static final AtomicInteger CALLS = new AtomicInteger();

    @TempDir
    @Nullable
    Path directory;

    @BeforeEach
    void forgetCalls() {
        CALLS.set(0);
    }

    private Path evidence() {
        return requireNonNull(directory).resolve("evidence");
    }

    private Path runDirectory() throws IOException {
        try (Stream<Path> runs = Files.list(evidence())) {
            List<Path> all = runs.filter(Files::isDirectory).toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    /** {@return the directories of the attempts, without that of the class} */
    private List<String> attempts() throws IOException {
        try (Stream<Path> all = Files.walk(runDirectory())) {
            return all.filter(path -> path.getFileName().toString().startsWith("attempt-"))
                    .map(path -> requireNonNull(path.getParent()).getFileName() + "/" + path.getFileName())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void eachTryOfARetryingTestHasABundle() throws IOException {
        LauncherRun.Ended ended = new LauncherRun(evidence()).of(RetryingCases.class);
        assertThat(ended.count(Status.SUCCESSFUL)).isOne();
        assertThat(attempts()).containsExactly("passesAtTheThird[1]/attempt-1", "passesAtTheThird[2]/attempt-1");
        ResultLines lines = ResultLines.of(runDirectory());
        assertThat(lines.attempts()).hasSize(3);
        assertThat(lines.keys()).doesNotHaveDuplicates();
        assertThat(lines.with("aborted")).hasSize(2).allSatisfy(line -> {
            assertThat(line.get("origin").getAsString()).isEqualTo("application-assertion");
            assertThat(line.get("failure").getAsString()).contains("expected: <3> but was: <");
            assertThat(line.get("bundle").getAsString()).endsWith("/attempt-1");
        });
        for (KeptBundle bundle : KeptBundle.below(evidence())) {
            bundle.check();
        }
    }

    @Test
    void eachInvocationHasADirectoryOfItsOwn() throws IOException {
        LauncherRun.Ended ended = new LauncherRun(evidence()).of(InvocationCases.class);
        assertThat(ended.count(Status.FAILED)).isEqualTo(3);
        assertThat(attempts())
                .containsExactly("dynamic[2]/attempt-1", "parameterized[2]/attempt-1", "repeated[1]/attempt-1");
        assertThat(ResultLines.of(runDirectory()).keys()).doesNotHaveDuplicates();
    }

    @Test
    void eachInvocationOfAClassHasADirectoryOfItsOwn() throws IOException {
        LauncherRun.Ended ended = new LauncherRun(evidence()).of(ParameterizedClassCases.class);
        assertThat(ended.count(Status.FAILED)).isEqualTo(3);
        List<KeptBundle> bundles = KeptBundle.below(evidence());
        assertThat(bundles).hasSize(3);
        for (KeptBundle bundle : bundles) {
            bundle.check();
        }
        ResultLines lines = ResultLines.of(runDirectory());
        assertThat(lines.with("failed")).hasSize(3);
        assertThat(lines.with("passed")).hasSize(1);
        assertThat(lines.keys()).doesNotHaveDuplicates();
        assertThat(attempts()).hasSize(3).doesNotHaveDuplicates().allMatch(name -> name.endsWith("/attempt-1"));
    }

    @Test
    void aTestThatIsRunAgainIsRecordedInFullAndComparedWithItsFailure() throws IOException {
        LauncherRun run = new LauncherRun(evidence());
        assertThat(run.of(FlakyCases.class).count(Status.FAILED)).isOne();
        run.of(FlakyCases.class).requireSuccess(1);

        assertThat(attempts()).containsExactly("passesAtTheSecond/attempt-1", "passesAtTheSecond/attempt-2");
        Path test =
                requireNonNull(KeptBundle.below(evidence()).get(0).directory().getParent());
        assertThat(test.resolve("attempt-2").resolve("passed.json")).exists();
        assertThat(pictures(test.resolve("attempt-1").resolve("trace.zip"))).isZero();
        assertThat(pictures(test.resolve("attempt-2").resolve("trace.zip"))).isPositive();

        JsonArray attempts = report(runDirectory().resolve("index.html"))
                .getAsJsonArray("tests")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("attempts");
        assertThat(attempts.asList()).extracting(AttemptsBrowserIT::outcome).containsExactly("failed", "passed");
        JsonObject failed = attempts.get(0).getAsJsonObject();
        JsonObject passed = attempts.get(1).getAsJsonObject();
        assertThat(failed.get("compare")).isEqualTo(passed.get("bundle")).isNotEqualTo(failed.get("bundle"));
    }

    private static String outcome(JsonElement attempt) {
        return attempt.getAsJsonObject().get("outcome").getAsString();
    }

    private static JsonObject report(Path page) throws IOException {
        Matcher data = DATA.matcher(Files.readString(page));
        assertThat(data.find()).isTrue();
        return JsonParser.parseString(data.group(1)).getAsJsonObject();
    }

    private static long pictures(Path trace) throws IOException {
        try (ZipFile zip = new ZipFile(trace.toFile())) {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".jpeg"))
                    .count();
        }
    }

    @BctrlBrowser
    static class RetryingCases {
        @RetryingTest(maxAttempts = 3)
        void passesAtTheThird(Page page) {
            page.setContent("<h1>Tried</h1>");
            assertEquals(3, CALLS.incrementAndGet());
        }
    }

    @BctrlBrowser
    static class InvocationCases {
        @RepeatedTest(2)
        void repeated(RepetitionInfo repetition, Page page) {
            page.setContent("<h1>Repeated</h1>");
            assertEquals(2, repetition.getCurrentRepetition());
        }

        @ParameterizedTest
        @ValueSource(strings = {"one", "two"})
        void parameterized(String title, Page page) {
            page.setContent("<title>one</title>");
            assertEquals(title, page.title());
        }

        @TestFactory
        Stream<DynamicTest> dynamic(Page page) {
            return Stream.of(
                    dynamicTest("passes", () -> page.setContent("<h1>Fine</h1>")),
                    dynamicTest("fails", () -> fail("of its own")));
        }
    }

    @BctrlBrowser
    @ParameterizedClass
    @ValueSource(strings = {"one", "two"})
    record ParameterizedClassCases(String title) {
        @Test
        void fails(Page page) {
            page.setContent("<title>three</title>");
            assertEquals(title, page.title());
        }

        @Test
        void failsForOne(Page page) {
            page.setContent("<title>two</title>");
            assertEquals(title, page.title());
        }
    }

    @BctrlBrowser
    static class FlakyCases {
        @Test
        void passesAtTheSecond(Page page) {
            page.setContent("<h1>Flaky</h1>");
            page.locator("h1").click();
            assertEquals(2, CALLS.incrementAndGet());
        }
    }
}
