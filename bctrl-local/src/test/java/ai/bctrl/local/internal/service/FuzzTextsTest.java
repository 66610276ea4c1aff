package ai.bctrl.local.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.local.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Names, types and cursors as nobody would write them. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FuzzTextsTest {

    @Test
    void cursorsAndPathsAreReadOrRefused() {
        Fuzz.each(Fuzz.texts(), junk -> {
            try {
                assertThat(Cursors.decode("e", junk.like(Cursors.encode("e", 5), Cursors.encode("r", 7)), 0))
                        .isNotNegative();
                String path = FileNames.requireRelative("path", junk.like("a/b/c.txt", "../x", "a//b", "/etc/passwd"));
                assertThat("/" + path + "/").doesNotContain("//", "/./", "/../");
            } catch (ApiProblem told) {
                assertThat(told.code()).isEqualTo("request.invalid");
            }
        });
    }

    @Test
    void namesAreMadePlain() {
        Fuzz.each(Fuzz.texts(), junk -> {
            String name = FileNames.safe(junk.like("report.pdf", "../../etc/passwd", "a.tar.gz", "CON"));
            assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1, 255);
            assertThat(name).doesNotContain("/", "\\").isNotIn(".", "..");
        });
    }

    @Test
    void mediaTypesAreKeptOrPlainBytes() {
        Fuzz.each(
                Fuzz.texts(),
                junk -> assertThat(FileNames.mediaType(
                                junk.like("text/html; charset=\"utf-8\"; q=1", "a/b;a;a;a", "image/png ; x")))
                        .matches("[ -~]+/[ -~]+"));
    }

    /** It took twice as long with each semicolon. */
    @Test
    void takesNoTimeForAMediaTypeMadeToTakeTime() {
        assertThat(FileNames.mediaType("a/b" + ";a".repeat(120) + "\"")).isEqualTo("application/octet-stream");
        assertThat(FileNames.mediaType("a/b" + ";a".repeat(120))).startsWith("a/b;a");
        assertThat(FileNames.mediaType("text/html ; charset=\"utf-8\"; q=1")).startsWith("text/html");
    }
}
