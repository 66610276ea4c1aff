package ai.bctrl.samples.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShopServerTest {
    private final ShopServer shop;
    private ShopClient visitor;

    ShopServerTest() throws IOException {
        shop = ShopServer.start();
        visitor = new ShopClient(shop);
    }

    @BeforeAll
    void isUp() throws Exception {
        assertThat(visitor.get("/").statusCode()).isEqualTo(200);
    }

    @AfterAll
    void stop() {
        shop.close();
    }

    @BeforeEach
    void newVisitor() {
        visitor = new ShopClient(shop);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/products/delta-one",
                "/cart",
                "/shipping",
                "/login",
                "/help",
                "/goodbye",
                "/assets/shop.css",
                "/assets/kites.svg",
                "/assets/catalogue.js",
                "/favicon.ico"
            })
    void answers(String path) throws Exception {
        HttpResponse<String> response = visitor.get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isNotEmpty().doesNotContain("{{");
        assertThat(response.headers().firstValue("Content-Security-Policy")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"'',8", "delta,1", "DELTA,1", "INDIA,0", "LINE%20WINDER,1", "line,4", "submarine,0", "%3Cb%3E,0"})
    void findsProducts(String query, int count) throws Exception {
        HttpResponse<String> response = visitor.get("/api/products?q=" + query);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body().split("\"sku\"", -1)).hasSize(count + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/nowhere,404,There is no page /nowhere.",
        "GET,/products/submarine,404,no kite called &quot;submarine&quot;",
        "GET,/products/%22%27onload,404,called &quot;%22&#39;onload&quot;",
        "GET,/assets/..%2Fpages%2Flayout.html,400,''",
        "GET,/assets/layout.html,404,no file",
        "GET,/orders/KS-1,404,no order with the number",
        "GET,/orders/KS-1/invoice.csv,404,no order with the number",
        "POST,/,405,only answers to GET",
        "POST,/cart/delta-one,415,form",
        "DELETE,/api/account,401,Sign in before",
        "GET,/api/nothing,404,There is no page"
    })
    void refusesBadRequestsWithAMessage(String method, String path, int status, String message) throws Exception {
        HttpResponse<String> response = visitor.send(method, path, "text/plain", "");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains(message);
        if (path.startsWith("/api/")) {
            assertThat(response.body()).startsWith("{\"error\":");
        }
    }

    @Test
    void refusesALongQuery() throws Exception {
        HttpResponse<String> response = visitor.get("/api/products?q=" + "x".repeat(81));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"error\":\"The search text is longer than 80 characters.\"}");
    }

    @Test
    void refusesAHugeForm() throws Exception {
        HttpResponse<String> response = visitor.post("/api/cart", Map.of("sku", "x".repeat(20_000)));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("larger than");
    }

    @Test
    void namesTheAllowedMethods() throws Exception {
        HttpResponse<String> response = visitor.send("DELETE", "/checkout", "text/plain", "");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, POST");
    }

    @Test
    void answersHeadLikeGetWithoutABody() throws Exception {
        HttpResponse<String> response = visitor.send("HEAD", "/shipping", "text/plain", "");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValueAsLong("Content-Length").orElseThrow())
                .isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "de-DE,de,Versand und Rückgabe",
        "'fr-FR,de;q=0.8,en;q=0.5',de,Versand und Rückgabe",
        "'en-GB,de;q=0.8',en,Shipping and returns",
        "fr-FR,en,Shipping and returns",
        "';;;',en,Shipping and returns"
    })
    void speaksTheLanguageOfTheBrowser(String accepted, String language, String heading) throws Exception {
        HttpResponse<String> response = visitor.get("/shipping", "Accept-Language", accepted);

        assertThat(response.headers().firstValue("Content-Language")).hasValue(language);
        assertThat(response.body()).contains("<html lang=\"" + language + "\">", heading);
    }

    @Test
    void signsInWithTheRightPasswordOnly() throws Exception {
        assertThat(visitor.get("/account").headers().firstValue("Location")).hasValue("/login?next=/account");

        HttpResponse<String> wrong = visitor.post("/login", Map.of("user", "ada", "password", "low"));
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("We do not know this user name", "value=\"ada\"");

        HttpResponse<String> right = signIn("");
        assertThat(right.statusCode()).isEqualTo(303);
        assertThat(right.headers().firstValue("Set-Cookie").orElseThrow()).contains("HttpOnly", "SameSite=Lax");
        assertThat(visitor.get("/account").body()).contains("Welcome back, Ada Lovelace!");

        visitor.post("/logout", Map.of());
        assertThat(visitor.get("/account").statusCode()).isEqualTo(303);
    }

    @ParameterizedTest
    @CsvSource({
        "/checkout,/checkout",
        "//evil.example/,/account",
        "/\\evil.example,/account",
        "http://evil.example/,/account",
        "'',/account"
    })
    void returnsOnlyToPagesOfTheShop(String next, String location) throws Exception {
        assertThat(signIn(next).headers().firstValue("Location")).hasValue(location);
    }

    @Test
    void deletesAnAccountInItsOwnShopOnly() throws Exception {
        try (ShopServer other = ShopServer.start()) {
            ShopClient there = new ShopClient(other);
            there.post("/login", Map.of("user", "ada", "password", "high-as-a-kite"));
            assertThat(there.send("DELETE", "/api/account", "text/plain", "").statusCode())
                    .isEqualTo(204);

            assertThat(there.post("/login", Map.of("user", "ada", "password", "high-as-a-kite"))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(signIn("").statusCode()).isEqualTo(303);
        }
    }

    @Test
    void stopsListeningWhenClosedAndMayBeClosedAgain() throws Exception {
        ShopServer other = ShopServer.start();
        ShopClient there = new ShopClient(other);
        assertThat(there.get("/").statusCode()).isEqualTo(200);

        other.close();
        other.close();

        assertThatThrownBy(() -> new ShopClient(other).get("/")).isInstanceOf(IOException.class);
    }

    private HttpResponse<String> signIn(String next) throws Exception {
        return visitor.post("/login", Map.of("user", "ada", "password", "high-as-a-kite", "next", next));
    }
}
