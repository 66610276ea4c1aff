package ai.bctrl.junit.internal.trace;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.junit.internal.redaction.Redaction;
import ai.bctrl.junit.internal.redaction.SecretRules;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces that no browser would make in a test. */
class TraceFileTest {
    private static final long MUCH = 1L << 40;
    private static final String START = """
            {"version":8,"type":"context-options","browserName":"chromium","wallTime":1000000,"monotonicTime":500,"options":{}}
            """;

    @TempDir
    @Nullable
    Path directory;

    private final Redaction redaction = new Redaction(SecretRules.defaults());
    private Path zip = Path.of("unset");
    private Path target = Path.of("unset");

    @BeforeEach
    void names() {
        zip = requireNonNull(directory).resolve("trace.zip");
        target = requireNonNull(directory).resolve("clean.zip");
    }

    @Test
    void refusesAFileThatHoldsNoTrace() throws IOException {
        write("other.txt", "x");
        assertThatThrownBy(() -> TraceFile.read(zip))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds no trace");
    }

    @Test
    void readsATraceThatBreaksOff() throws IOException {
        write("trace.trace", START + """
                {"type":"before","callId":"call@1","startTime":600,"class":"Frame","method":"click","params":{"selector":"internal:text=\\"Go\\"i"},"pageId":"page@a"}
                {"type":"console","messageType":"log","text":"hi","location":{"url":"http://h/","lineNumber":2},"time":700.5,"pageId":"page@a"}
                {"type":"before","callId":"call@2","sta""");
        TraceFile trace = TraceFile.read(zip);
        assertThat(trace.actions()).singleElement().satisfies(action -> {
            assertThat(action.title()).isEqualTo("click getByText(\"Go\")");
            assertThat(action.error()).isEqualTo("did not end");
            assertThat(action.time()).hasToString("1970-01-01T00:16:40.100Z");
            assertThat(action.page()).isEqualTo(1);
        });
        assertThat(trace.console())
                .singleElement()
                .hasToString(
                        "ConsoleLine[time=1970-01-01T00:16:40.200500Z, level=log, text=hi, url=http://h/, line=3, page=1]");
        assertThat(trace.write(redaction, target, MUCH))
                .singleElement()
                .asString()
                .startsWith("1 lines of trace.trace that are broken");
        assertThat(lines(target)).hasLineCount(3);
    }

    @Test
    void keepsWhatTheViewerNeedsEvenIfASecretLooksLikeIt() throws IOException {
        redaction.learn("5512");
        redaction.learn("fill");
        redaction.learn("aaaabbbb");
        write("trace.trace", START + """
                {"type":"before","callId":"call@5512","startTime":600,"class":"Frame","method":"fill","params":{"selector":"#a","value":"is 5512"},"pageId":"page@aaaabbbb","beforeSnapshot":"before@call@5512"}
                {"type":"event","time":601,"class":"BrowserContext","method":"page","params":{"pageId":"page@aaaabbbb","openerPageId":"page@aaaabbbb"}}
                {"type":"frame-snapshot","snapshot":{"callId":"call@5512","snapshotName":"before@call@5512","pageId":"page@aaaabbbb","frameId":"frame@aaaabbbb","frameUrl":"http://h/?token=x","html":["HTML",{},[[1,2]],["INPUT",{"type":"password","value":"abc","name":"5512"}],"5512"]}}
                {"type":"screencast-frame","pageId":"page@aaaabbbb","sha1":"page@aaaabbbb-1.jpeg","width":1,"height":1,"timestamp":1}
                """);
        TraceFile.read(zip).write(redaction, target, MUCH);
        assertThat(lines(target))
                .contains("\"callId\":\"call@5512\",\"startTime\":600,\"class\":\"Frame\",\"method\":\"fill\"")
                .contains("\"value\":\"is •••\"", "\"beforeSnapshot\":\"before@call@5512\"")
                .contains("{\"pageId\":\"page@aaaabbbb\",\"openerPageId\":\"page@aaaabbbb\"}")
                .contains("\"frameUrl\":\"http://h/?token=•••\"")
                .contains(
                        "[\"HTML\",{},[[1,2]],[\"INPUT\",{\"type\":\"password\",\"value\":\"•••\",\"name\":\"•••\"}],\"•••\"]")
                .contains("\"sha1\":\"page@aaaabbbb-1.jpeg\"");
    }

    @Test
    void hidesWhatIsTypedInASecretFieldHoweverShortItIs() throws IOException {
        write("trace.trace", START + """
                {"type":"before","callId":"call@1","startTime":600,"class":"Frame","method":"fill","params":{"selector":"#a","value":"x1"},"pageId":"page@a"}
                {"type":"log","callId":"call@1","time":601,"message":"  locator resolved to <input type=\\"password\\"/>"}
                {"type":"log","callId":"call@1","time":602,"message":"  fill(\\"x1\\")"}
                {"type":"after","callId":"call@1","endTime":603}
                {"type":"before","callId":"call@2","startTime":604,"class":"Page","method":"keyboardType","params":{"text":"x2"},"pageId":"page@a"}
                {"type":"after","callId":"call@2","endTime":605}
                {"type":"before","callId":"call@3","startTime":606,"class":"Frame","method":"inputValue","params":{"selector":"#a"},"pageId":"page@a"}
                {"type":"log","callId":"call@3","time":607,"message":"  locator resolved to <input type=\\"password\\"/>"}
                {"type":"after","callId":"call@3","endTime":608,"result":{"value":"long-secret"}}
                {"type":"before","callId":"call@4","startTime":609,"class":"Frame","method":"expect","title":"Assert \\"hasValue\\"","params":{"selector":"#a","isNot":true,"expectedText":[{"string":"x4"}]},"pageId":"page@a"}
                {"type":"log","callId":"call@4","time":610,"message":"  locator resolved to <input type=\\"password\\"/>"}
                {"type":"log","callId":"call@4","time":611,"message":"  unexpected value \\"x5\\""}
                {"type":"after","callId":"call@4","endTime":612,"error":{"name":"ExpectError","message":"Expect failed"}}
                """);
        TraceFile trace = TraceFile.read(zip);
        trace.learnSecrets(redaction);
        assertThat(redaction.text("a long-secret")).isEqualTo("a •••");
        trace.write(redaction, target, MUCH);
        assertThat(lines(target)).doesNotContain("x1", "x2", "x4", "x5", "long-secret");
        assertThat(trace.actions().stream()
                        .map(action -> action.redacted(redaction).toString()))
                .noneMatch(action -> action.matches("(?s).*(x1|x2|x4|x5|long-secret).*"))
                .anyMatch(action -> action.contains("assertThat(locator(\"#a\")).not().hasValue(\"•••\")"));
    }

    @Test
    void leavesOutResourcesThatAreTooMuchOrCannotBeCleaned() throws IOException {
        redaction.learn("learned-secret");
        byte[] noise = new byte[20_000];
        new Random(1).nextBytes(noise);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            put(out, "trace.trace", START.getBytes(StandardCharsets.UTF_8));
            put(out, "trace.network", new byte[0]);
            put(out, "resources/page@a-1.jpeg", noise);
            put(out, "resources/page@a-2.jpeg", noise);
            put(out, "resources/b.png", "\0\1learned-secret".getBytes(StandardCharsets.UTF_8));
            put(out, "resources/c.html", "<p>learned-secret</p>".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(TraceFile.read(zip).write(redaction, target, 30_000))
                .containsExactly(
                        "1 resources of the trace: it would be larger than 30000 bytes",
                        "1 resources of the trace that are not text and hold a secret");
        try (ZipFile clean = new ZipFile(target.toFile())) {
            assertThat(clean.stream().map(ZipEntry::getName))
                    .containsExactly("trace.trace", "trace.network", "resources/c.html", "resources/page@a-2.jpeg");
            assertThat(clean.getInputStream(clean.getEntry("resources/c.html"))).hasContent("<p>•••</p>");
        }
    }

    @Test
    void readsALargeTraceInLittleMemory() throws IOException {
        String snapshot = "{\"type\":\"frame-snapshot\",\"snapshot\":{\"callId\":\"call@1\",\"html\":[\"P\",{},\""
                + "text ".repeat(20_000) + "\"]}}\n";
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("trace.trace"));
            out.write(START.getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 300; i++) {
                out.write(snapshot.getBytes(StandardCharsets.UTF_8));
            }
            out.closeEntry();
            for (int i = 0; i < 30; i++) {
                put(out, "resources/" + i + ".html", "text ".repeat(200_000).getBytes(StandardCharsets.UTF_8));
            }
        }
        TraceFile trace = TraceFile.read(zip);
        trace.learnSecrets(redaction);
        assertThat(trace.write(redaction, target, MUCH)).isEmpty();
        assertThat(trace.actions()).isEmpty();
    }

    private void write(String name, String content) throws IOException {
        try (OutputStream file = Files.newOutputStream(zip);
                ZipOutputStream out = new ZipOutputStream(file)) {
            put(out, name, content.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void put(ZipOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(content);
        out.closeEntry();
    }

    private static String lines(Path zip) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            return new String(file.getInputStream(file.getEntry("trace.trace")).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
