package ai.bctrl.junit.internal.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MhtmlTest {
    private static final String FILE = """
            From: <Saved by Blink>
            Snapshot-Content-Location: http://h/?token=url-1&q=x
            Subject: =?utf-8?Q?Caf=C3=A9=20pass-word-1?=
            MIME-Version: 1.0
            Content-Type: multipart/related;
            	type="text/html";
            	boundary="----MultipartBoundary--x----"


            ------MultipartBoundary--x----
            Content-Type: text/html
            Content-ID: <frame-1@mhtml.blink>
            Content-Transfer-Encoding: quoted-printable
            Content-Location: http://h/?token=url-1&q=x

            <html><body><input type=3D"password" value=3D"pass-wo=
            rd-1"><p>caf=C3=A9 innocent</p></body></html>
            ------MultipartBoundary--x----
            Content-Type: image/png
            Content-Transfer-Encoding: base64
            Content-Location: http://h/a.png

            PICTURE
            ------MultipartBoundary--x----
            Content-Type: text/css
            Content-Transfer-Encoding: quoted-printable
            Content-Location: cid:css-1@mhtml.blink

            .a { color: red }
            ------MultipartBoundary--x------
            """.replace("\n", "\r\n");

    @Test
    void hidesSecretsThatTheEncodingBreaks() {
        Redaction redaction = new Redaction(SecretRules.defaults());
        byte[] picture = "\0 pass-word-1".getBytes(StandardCharsets.UTF_8);
        byte[] file = FILE.replace("PICTURE", Base64.getMimeEncoder().encodeToString(picture))
                .getBytes(StandardCharsets.UTF_8);
        Mhtml.learn(file, redaction);
        String hidden = new String(Mhtml.redact(file, redaction), StandardCharsets.UTF_8);
        assertThat(hidden.replace("=\r\n", ""))
                .doesNotContain("pass-word-1", "url-1")
                .contains("Snapshot-Content-Location: http://h/?token=%E2%80%A2%E2%80%A2%E2%80%A2&q=x\r\n")
                .contains("value=3D\"=E2=80=A2=E2=80=A2=E2=80=A2\"")
                .contains("caf=C3=A9 innocent", ".a { color: red }", "http://h/a.png", "boundary=\"")
                .endsWith("------MultipartBoundary--x------\r\n");
        assertThat(QuotedPrintable.decodeWords(hidden)).contains("Café •••");
        assertThat(hidden.lines()).allMatch(line -> line.length() <= 998);
    }

    @Test
    void leavesAFileWithoutSecretsAsItIs() {
        Redaction redaction = new Redaction(SecretRules.defaults());
        String file =
                FILE.replace("url-1", "").replace("type=3D\"password\" ", "").replace("PICTURE", "AAEC");
        String hidden =
                new String(Mhtml.redact(file.getBytes(StandardCharsets.UTF_8), redaction), StandardCharsets.UTF_8);
        assertThat(hidden.replace("=\r\n", "")).isEqualTo(file.replace("=\r\n", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a=b",
                "trailing \r\nblank\t",
                "é🗝",
                "long é long long long long é long long long =====end",
                "\r\n\r\n"
            })
    void quotedPrintableIsItsOwnInverse(String text) {
        String repeated = text.repeat(20);
        String encoded = QuotedPrintable.encode(repeated.getBytes(StandardCharsets.UTF_8));
        assertThat(new String(QuotedPrintable.decode(encoded), StandardCharsets.UTF_8))
                .isEqualTo(repeated);
        assertThat(encoded.lines()).allMatch(line -> line.length() <= 76);
    }

    @Test
    void takesAFileThatIsNone() {
        Redaction redaction = new Redaction(SecretRules.defaults());
        for (String file : new String[] {"", "x", "--", "a\r\n\r\nb", "boundary=x\r\n\r\n--x"}) {
            assertThat(Mhtml.redact(file.getBytes(StandardCharsets.UTF_8), redaction))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(file);
        }
    }
}
