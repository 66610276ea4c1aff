package ai.bctrl.junit.internal.publish;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHubActionsTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    Path workspace;

    @Test
    void isNotThereUnlessGitHubRunsTheTests() {
        assertThat(GitHubActions.of(Map.of(), workspace, System.out)).isNull();
        assertThat(GitHubActions.of(Map.of("GITHUB_ACTIONS", "false"), workspace, System.out))
                .isNull();
    }

    @Test
    void notesAFailureAtTheLineOfTheTest() throws IOException {
        Path sources = Files.createDirectories(workspace.resolve("shop/src/test/java/com/acme"));
        Files.createFile(sources.resolve("CheckoutTest.java"));
        github().error(test(
                "CheckoutTest.buys[3]",
                "100% wrong: a, b\r\nexpected: <7>",
                new SourceLocation("CheckoutTest.java", 34)));
        assertThat(output())
                .isEqualTo(
                        "::error file=shop/src/test/java/com/acme/CheckoutTest.java,line=34,title=CheckoutTest.buys[3]::"
                                + "100%25 wrong: a, b%0D%0Aexpected: <7>%0AOrigin: application-assertion"
                                + "%0ALast action: click getByText(\"Go\")%0AEvidence: "
                                + workspace.resolve("target/bctrl/r/b"));
    }

    @Test
    void escapesWhatWouldEndAProperty() {
        github().error(test("a,b:c%\n::error::", "no", null));
        assertThat(output()).startsWith("::error title=a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3A::no%0A");
    }

    @Test
    void notesAFailureWithoutALineWhereTheSourceIsNowhere() {
        github().error(test("CheckoutTest.buys", "no", new SourceLocation("CheckoutTest.java", 34)));
        assertThat(output()).startsWith("::error title=CheckoutTest.buys::no");
    }

    @Test
    void summarizesTheRun() throws IOException {
        Files.writeString(summary(), "# Before\n");
        github().summary(
                        "20261122-063000-abc",
                        41,
                        List.of(test("CheckoutTest.buys[3]", "expected <b> | `x`\nbut was [y](z)", null)),
                        2);
        assertThat(summary())
                .hasContent("# Before\n\n### bctrl: run 20261122\\-063000\\-abc\n\n41 passed, 1 failed, 2 aborted\n\n"
                        + "| Test | Failure | Origin | Last action | Evidence |\n|---|---|---|---|---|\n"
                        + "| CheckoutTest\\.buys\\[3\\] | expected &lt;b&gt; \\| \\`x\\` | application\\-assertion |"
                        + " click getByText\\(\"Go\"\\) | target/bctrl/r/b |\n");
    }

    @Test
    void saysNothingOfARunWithoutBrowsers() {
        github().summary("r", 0, List.of(), 0);
        assertThat(summary()).doesNotExist();
    }

    @Test
    void staysBelowTheLimitOfGitHubAlsoWithOtherWriters() throws IOException {
        FailedTest test = test("T.t", "<".repeat(5000), null);
        for (int i = 0; i < 4; i++) {
            github().summary("r" + i, 0, Collections.nCopies(1000, test), 0);
        }
        assertThat(Files.size(summary())).isBetween(800L * 1024, 900L * 1024);
        assertThat(Files.readString(summary())).contains("more failed; there is no room for them here.");
    }

    @Test
    void summariesOfJvmsAtTheSameTimeStayWhole() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 40; i++) {
            pool.execute(() -> github().summary("r", 1, List.of(test("T.t", "no", null)), 0));
        }
        pool.shutdown();
        assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        List<String> sections = List.of(Files.readString(summary()).split("(?=\n### )"));
        assertThat(sections).hasSize(40).containsOnly(sections.get(0));
    }

    @Test
    void aSummaryThatCannotBeWrittenHurtsNobody() {
        GitHubActions github = requireNonNull(GitHubActions.of(
                Map.of("GITHUB_ACTIONS", "true", "GITHUB_STEP_SUMMARY", workspace.toString()), workspace, System.out));
        github.summary("r", 1, List.of(), 0);
        requireNonNull(GitHubActions.of(Map.of("GITHUB_ACTIONS", "true"), workspace, System.out))
                .summary("r", 1, List.of(), 0);
    }

    @Test
    void findsThePlaceInTheTestAlsoInALambdaOrANestedClass() {
        Throwable failure = new AssertionError("no");
        failure.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("org.junit.Assert", "fail", "Assert.java", 3),
            new StackTraceElement("com.acme.CheckoutTestSupport", "x", "CheckoutTestSupport.java", 4),
            new StackTraceElement("com.acme.CheckoutTest$Inner", "lambda$x$0", "CheckoutTest.java", 7),
            new StackTraceElement("com.acme.CheckoutTest", "buys", "CheckoutTest.java", 34)
        });
        assertThat(SourceLocation.of(failure, "com.acme.CheckoutTest"))
                .isEqualTo(new SourceLocation("CheckoutTest.java", 7));
        assertThat(SourceLocation.of(failure, "com.acme.CheckoutTest$Other"))
                .isEqualTo(new SourceLocation("CheckoutTest.java", 7));
        assertThat(SourceLocation.of(failure, "com.acme.Checkout")).isNull();
    }

    private FailedTest test(String name, String failure, @Nullable SourceLocation location) {
        return new FailedTest(
                name,
                "com.acme.CheckoutTest",
                1,
                failure,
                location,
                "application-assertion",
                "click getByText(\"Go\")",
                workspace.resolve("target/bctrl/r/b"));
    }

    private GitHubActions github() {
        return requireNonNull(GitHubActions.of(
                Map.of(
                        "GITHUB_ACTIONS", "true",
                        "GITHUB_WORKSPACE", workspace.toString(),
                        "GITHUB_STEP_SUMMARY", summary().toString()),
                workspace.resolve("shop"),
                new PrintStream(printed, true, StandardCharsets.UTF_8)));
    }

    private Path summary() {
        return workspace.resolve("summary.md");
    }

    private String output() {
        return printed.toString(StandardCharsets.UTF_8).strip();
    }
}
