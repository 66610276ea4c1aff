package ai.bctrl.junit.internal.redaction;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final String ODD = "p +&\"\\é\n%<'/>=🗝x";

    private final Redaction redaction = new Redaction(SecretRules.defaults());

    static Stream<String> formsOfAnOddSecret() {
        String url = URLEncoder.encode(ODD, StandardCharsets.UTF_8);
        String json = new JsonPrimitive(ODD).toString().replaceAll("^\"|\"$", "");
        String escaped = json.replace("é", "\\u00e9").replace("🗝", "\\ud83d\\udddd");
        String html = ODD.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
        return Stream.of(
                ODD,
                url,
                url.replace("+", "%20"),
                url.toLowerCase(Locale.ROOT),
                URLEncoder.encode(url, StandardCharsets.UTF_8),
                json,
                escaped,
                new JsonPrimitive(json).toString().replaceAll("^\"|\"$", ""),
                html,
                html.replace("'", "&#39;").replace("/", "&#x2F;"),
                json.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    @ParameterizedTest
    @MethodSource("formsOfAnOddSecret")
    void findsALearnedSecretHoweverItIsWritten(String form) {
        redaction.learn(ODD);
        assertThat(redaction.text("before " + form + " after")).isEqualTo("before ••• after");
        assertThat(redaction.text("x" + form + form)).isEqualTo("x•••");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "xy", "xyz", "user:"})
    void findsALearnedSecretInBase64WhereverItBegins(String before) {
        String secret = "correct horse ?>?>";
        redaction.learn(secret);
        byte[] bytes = (before + secret + " and more").getBytes(StandardCharsets.UTF_8);
        for (String encoded : new String[] {
            Base64.getEncoder().encodeToString(bytes),
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
        }) {
            String hidden = redaction.text("data " + encoded);
            assertThat(hidden).startsWith("data ").contains("•••");
            assertThat(hidden.length()).isLessThan(encoded.length() - 10);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "   ", "true", "null", "dark", "Password", "aaaaaaaa", "••••••", "admin"})
    void doesNotLearnWhatIsShortOrCommon(String value) {
        redaction.learn(value);
        String text = "a true null dark Password abc aaaaaaaa admin";
        assertThat(redaction.text(text)).isEqualTo(text);
    }

    @Test
    void findsShortSecretsOnlyWhereTheyStandAlone() {
        redaction.learn("1234");
        assertThat(redaction.text("port 12345, pin 1234, (1234) x1234 call@51234"))
                .isEqualTo("port 12345, pin •••, (•••) x1234 call@51234");
    }

    @Test
    void findsSecretsThatHoldOneAnother() {
        redaction.learn("secretvalue1");
        redaction.learn("value1-and-more");
        redaction.learn("cretva");
        assertThat(redaction.text("secretvalue1-and-more, value1-and-mor, cretva"))
                .isEqualTo("•••, value1-and-mor, •••");
    }

    @Test
    void learnsSecretsOfAnyLength() {
        String secret =
                Stream.iterate(1, i -> i + 1).limit(20_000).map(i -> i + "x").reduce("", String::concat);
        redaction.learn(secret);
        assertThat(redaction.text("a " + secret + " b")).isEqualTo("a ••• b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "https://h/p?token=abc&q=x#f|https://h/p?token=•••&q=x#f",
                "https://h/p?q=x#access_token=abc&state=1|https://h/p?q=x#access_token=•••&state=1",
                "https://h/p#/route?api_key=abc|https://h/p#/route?api_key=•••",
                "https://bob:abc@h/p|https://•••@h/p",
                "/p?access%5Ftoken=abc;x=1|/p?access%5Ftoken=•••;x=1",
                "/p?user%5Bpassword%5D=abc|/p?user%5Bpassword%5D=•••",
                "/p?token=&q=token|/p?token=&q=token",
                "about:blank|about:blank",
                "/p?a=b=c&&=&?|/p?a=b=c&&=&?"
            })
    void hidesSecretParametersOfUrls(String url, String hidden) {
        assertThat(redaction.url(url)).isEqualTo(hidden);
    }

    @Test
    void learnsSecretParametersOfUrls() {
        redaction.url("https://bob:pa%2Bss%3F@h/?token=one%20two&q=other");
        assertThat(redaction.text("pa+ss? one two other")).isEqualTo("••• ••• other");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Authorization|Basic Ym9iOnNlY3JldC1wdw==|Basic •••",
                "authorization|abc|•••",
                "Proxy-Authorization|Digest a=b, c=d|Digest •••",
                "Cookie|sid=abc; theme=dark|sid=•••; theme=•••",
                "Set-Cookie|sid=abc; Path=/; HttpOnly|sid=•••; Path=/; HttpOnly",
                "X-Api-Key|abc|•••",
                "X-CSRF-Token|abc|•••",
                "Location|/next?session_token=abc&a=b|/next?session_token=•••&a=b",
                "Referer|http://h/?token=abc|http://h/?token=•••",
                "Content-Type|text/html; charset=utf-8|text/html; charset=utf-8",
                "WWW-Authenticate|Basic realm=\"x\"|Basic realm=\"x\"",
                "Accept-Language|en-US,en;q=0.9|en-US,en;q=0.9"
            })
    void hidesSecretsOfHeaders(String name, String value, String hidden) {
        assertThat(redaction.header(name, value)).isEqualTo(hidden);
    }

    @Test
    void learnsThePasswordOfBasicAuthentication() {
        redaction.header("Authorization", "Basic Ym9iOnNlY3JldC1wdw==");
        assertThat(redaction.text("bob logs in with secret-pw or Ym9iOnNlY3JldC1wdw=="))
                .isEqualTo("bob logs in with ••• or •••");
    }

    @Test
    void learnsCookiesThatAreSecretsOrLookLikeOne() {
        redaction.header("Cookie", "sid=qwertz; visit=a1b2c3d4e5; lang=english-us; region=Europe");
        redaction.header("Set-Cookie", "remember_token=\"yxcvbnm\"; Path=/innocent");
        assertThat(redaction.text("qwertz a1b2c3d4e5 english-us Europe yxcvbnm /innocent"))
                .isEqualTo("••• ••• english-us Europe ••• /innocent");
    }

    @Test
    void hidesAndLearnsSecretMembersOfJson() {
        String json = """
                {"user":"bob","password":"hunter","otp":123456,"none":null,"showPassword":true,"token":"",
                 "credentials":{"login":"bob","key":"k"},"secrets":["one-1","two-2"],
                 "headers":[{"name":"X-Api-Key","value":"abcd-1"},{"name":"Accept","value":"json"}],
                 "localStorage":[{"name":"accessToken","value":"stored-1"}],
                 "cookies":[{"name":"a","value":"b","domain":"d"}],
                 "note":"hunter said token=xyz","arg":{"o":[{"k":"password","v":{"s":"typed-1"}}]}}""";
        assertThat(redaction.json(JsonParser.parseString(json))).isEqualTo(JsonParser.parseString("""
                {"user":"bob","password":"•••","otp":"•••","none":null,"showPassword":true,"token":"",
                 "credentials":{"login":"•••","key":"•••"},"secrets":["•••","•••"],
                 "headers":[{"name":"X-Api-Key","value":"•••"},{"name":"Accept","value":"json"}],
                 "localStorage":[{"name":"accessToken","value":"•••"}],
                 "cookies":[{"name":"a","value":"•••","domain":"d"}],
                 "note":"••• said token=•••","arg":{"o":[{"k":"password","v":{"s":"•••"}}]}}"""));
        assertThat(redaction.text("123456 one-1 two-2 abcd-1 stored-1 typed-1")).isEqualTo("••• ••• ••• ••• ••• •••");
    }

    @Test
    void hidesAndLearnsSecretFieldsOfPages() {
        String html = """
                <html><head><meta name="csrf-token" content="meta-1"><meta name="author" content="Jane"></head>
                <body data-token='data-1' class=token><!-- token=comment-1 -->
                <input type=password value=bare-1 name=a><INPUT NAME="user" VALUE="bob">
                <input autocomplete="section-x cc-number" value="4111-1"><input type="submit" name="password" value="Go">
                <input type="checkbox" name="showPassword" value="yes"><textarea name="privateKey">area-1</textarea>
                <input type="hidden" name="_csrf" value="a&amp;b-1"><p>Password: <b>shown</b> a&amp;b-1 bare-1</p>
                <script>var s = {token: "code-1"}; s.token = t;</script><a href="/?token=link-1&amp;x=y">token</a>
                </body></html>""";
        assertThat(redaction.html(html)).isEqualTo("""
                <html><head><meta name="csrf-token" content="•••"><meta name="author" content="Jane"></head>
                <body data-token='•••' class=token><!-- token=••• -->
                <input type=password value=••• name=a><INPUT NAME="user" VALUE="bob">
                <input autocomplete="section-x cc-number" value="•••"><input type="submit" name="password" value="Go">
                <input type="checkbox" name="showPassword" value="yes"><textarea name="privateKey">•••</textarea>
                <input type="hidden" name="_csrf" value="•••"><p>Password: <b>shown</b> ••• •••</p>
                <script>var s = {token: "•••"}; s.token = t;</script><a href="/?token=•••&amp;x=y">token</a>
                </body></html>""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "application/json|{\"password\":\"abc\",\"a\":[1.50,null]}|{\"password\":\"•••\",\"a\":[1.50,null]}",
                "application/vnd.api+json; charset=utf-8|{\"token\":1}|{\"token\":\"•••\"}",
                "application/json|)]}' {\"token\":\"abc\"}|)]}' {\"token\":\"•••\"}",
                "application/json|{ \"a\" : 1 }|{ \"a\" : 1 }",
                "application/x-www-form-urlencoded|a=b+c&pass%77ord=x+y&e=|a=b+c&pass%77ord=•••&e=",
                "text/plain|token=abc x|token=••• x",
                "text/xml|<a><password>abc</password><b>c</b></a>|<a><password>•••</password><b>c</b></a>",
                "application/soap+xml|<w:Password t=\"x\">abc</w:Password>|<w:Password t=\"x\">•••</w:Password>",
                "|{\"token\":\"abc\"}|{\"token\":\"•••\"}",
                "application/octet-stream|token=abc|token=•••",
                "text/css|a{b:c}|a{b:c}"
            })
    void hidesSecretsOfBodies(String mediaType, String body, String hidden) {
        assertThat(body(body, mediaType == null ? "" : mediaType)).isEqualTo(hidden);
    }

    @Test
    void hidesSecretFieldsOfMultipartForms() {
        String body = """
                --B
                Content-Disposition: form-data; name="user"

                bob
                --B
                Content-Disposition: form-data; name="password"

                line 1
                line 2
                --B
                Content-Disposition: form-data; name="f"; filename="a.json"
                Content-Type: application/json

                {"token":"abc"}
                --B--
                """.replace("\n", "\r\n");
        assertThat(body(body, "multipart/form-data; boundary=B"))
                .isEqualTo(body.replace("line 1\r\nline 2", "•••").replace("\"abc\"", "\"•••\""));
        assertThat(body(body, "multipart/form-data")).doesNotContain("line 1");
    }

    @Test
    void hidesSecretsNextToAPictureInAForm() {
        String form =
                "--B\r\nContent-Disposition: form-data; name=\"f\"\r\nContent-Type: image/png\r\n\r\n\0\u0089\u00ff"
                        + "\r\n--B\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nabc-1\r\n--B--";
        byte[] body = form.getBytes(StandardCharsets.ISO_8859_1);
        redaction.learnRequestBody(body, "multipart/form-data; boundary=B");
        assertThat(redaction.text("it is abc-1")).isEqualTo("it is •••");
        byte[] hidden = requireNonNull(redaction.body(body, "multipart/form-data; boundary=B"));
        String bullets = new String("•••".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(hidden).isEqualTo(form.replace("abc-1", bullets).getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void hidesSecretsOfTextInOldEncodings() {
        byte[] page = "<p>Grüße token=abc </p>".getBytes(StandardCharsets.ISO_8859_1);
        byte[] hidden = requireNonNull(redaction.body(page, "text/html; charset=iso-8859-1"));
        assertThat(new String(hidden, StandardCharsets.ISO_8859_1))
                .startsWith("<p>Grüße token=")
                .doesNotContain("abc");
    }

    @Test
    void keepsBinariesUnlessTheyHoldASecret() {
        byte[] picture = {(byte) 0x89, 'P', 'N', 'G', 0, 't', 'o', 'k', 'e', 'n', '=', 'a', 'b', 'c', 'd', '1', '2'};
        assertThat(redaction.body(picture, "image/png")).isSameAs(picture);
        assertThat(redaction.body(picture, "")).isSameAs(picture);
        redaction.learn("abcd12");
        assertThat(redaction.body(picture, "image/png")).isNull();
        redaction.learn("pässword-1");
        assertThat(redaction.body(("\0" + "pässword-1").getBytes(StandardCharsets.UTF_8), ""))
                .isNull();
    }

    @Test
    void doesNotLearnCaptionsFromAnswers() {
        redaction.learnResponseBody(
                "{\"password\":\"Passwort eingeben\",\"token\":\"Kennung\",\"secret\":\"a1-b2-c3\"}"
                        .getBytes(StandardCharsets.UTF_8),
                "application/json");
        assertThat(redaction.text("Passwort eingeben, Kennung, a1-b2-c3")).isEqualTo("Passwort eingeben, Kennung, •••");
    }

    @Test
    void learnsWhatWasSent() {
        redaction.learnRequestBody("password=hunter&user=bob".getBytes(StandardCharsets.UTF_8), "");
        redaction.learnRequestBody("{\"password\":\"swordfish\"}".getBytes(StandardCharsets.UTF_8), "application/json");
        assertThat(redaction.text("bob hunter swordfish")).isEqualTo("bob ••• •••");
    }

    @Test
    void doesNotTellWhatItLearned() {
        redaction.learn("hunter22");
        assertThat(redaction).hasToString("Redaction[1 learned]");
    }

    private String body(String body, String mediaType) {
        return new String(
                requireNonNull(redaction.body(body.getBytes(StandardCharsets.UTF_8), mediaType)),
                StandardCharsets.UTF_8);
    }
}
