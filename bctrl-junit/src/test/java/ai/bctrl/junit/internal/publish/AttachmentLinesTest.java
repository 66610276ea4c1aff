package ai.bctrl.junit.internal.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttachmentLinesTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    void printsALineForEachFileThatPeopleLookAtScreenshotsFirst() {
        Path bundle = Path.of("evidence", "run", "a.Test", "buys[3]", "attempt-1");
        out.print("unfinished");
        new AttachmentLines(out)
                .print(
                        bundle,
                        List.of(
                                "index.html",
                                "console.json",
                                "trace.zip",
                                "page-1.html",
                                "page-1.full.png",
                                "failure.md",
                                "artifact-1-recording.webm",
                                "page-2.png",
                                "download-1-x.png",
                                "failure.json"));
        String directory = bundle.toAbsolutePath().normalize().toString();
        assertThat(lines())
                .containsExactly(
                        "unfinished",
                        "[[ATTACHMENT|" + directory + "/page-1.full.png]]",
                        "[[ATTACHMENT|" + directory + "/page-2.png]]",
                        "[[ATTACHMENT|" + directory + "/index.html]]",
                        "[[ATTACHMENT|" + directory + "/trace.zip]]",
                        "[[ATTACHMENT|" + directory + "/failure.md]]",
                        "[[ATTACHMENT|" + directory + "/artifact-1-recording.webm]]");
    }

    @Test
    void printsNothingWhereNothingIsWorthIt() {
        new AttachmentLines(out).print(Path.of("bundle"), List.of("console.json"));
        new AttachmentLines(out).print(Path.of("a\nb"), List.of("trace.zip"));
        assertThat(printed.size()).isZero();
    }

    @Test
    void linesOfTestsAtTheSameTimeStayWhole() throws InterruptedException {
        AttachmentLines attachments = new AttachmentLines(out);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 400; i++) {
            Path bundle = Path.of("test-" + i);
            pool.execute(() -> attachments.print(bundle, List.of("page-1.png", "trace.zip")));
        }
        pool.shutdown();
        assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        List<String> lines = lines();
        assertThat(lines).hasSize(800).doesNotHaveDuplicates();
        for (int i = 0; i < lines.size(); i += 2) {
            assertThat(lines.get(i)).endsWith("/page-1.png]]");
            assertThat(lines.get(i + 1)).isEqualTo(lines.get(i).replace("page-1.png", "trace.zip"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "auto,,,false",
        "auto,CI,true,true",
        "auto,CI,false,false",
        "auto,JENKINS_URL,http://ci/,true",
        "auto,GITLAB_CI,true,true",
        "auto,TF_BUILD,True,true",
        "auto,TF_BUILD,' ',false",
        "false,CI,true,false",
        "true,,,true"
    })
    void areWantedWhereACiServerRunsTheTestsUnlessTheSettingSaysOtherwise(
            String setting, String variable, String value, boolean wanted) {
        Map<String, String> environment = variable == null ? Map.of() : Map.of(variable, value);
        assertThat(AttachmentLines.wanted(setting, environment)).isEqualTo(wanted);
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
