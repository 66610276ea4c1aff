package ai.bctrl.samples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShopPurchaseTest {
    private final ShopServer shop;
    private final ShopClient visitor;

    ShopPurchaseTest() throws IOException {
        shop = ShopServer.start();
        visitor = new ShopClient(shop);
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    @Test
    void countsPiecesInTheCartOfThisVisitorOnly() throws Exception {
        assertThat(add("delta-one", "2").body())
                .isEqualTo("{\"pieces\":2,\"message\":\"2 \u00d7 Delta One added to your cart.\"}");
        assertThat(add("delta-one", "1").body()).startsWith("{\"pieces\":3,");

        assertThat(visitor.get("/cart").body()).contains("Delta One", "€147.00");
        assertThat(new ShopClient(shop).get("/cart").body()).contains("Your cart is empty");
    }

    @Test
    void changesAndRemovesLines() throws Exception {
        add("delta-one", "1");
        add("line-winder", "1");

        assertThat(visitor.post("/cart/delta-one", Map.of("quantity", "3")).statusCode())
                .isEqualTo(303);
        assertThat(visitor.get("/cart").body()).contains("€156.90");

        visitor.post("/cart/delta-one", Map.of("quantity", "0"));
        assertThat(visitor.get("/cart").body()).contains("€9.90").doesNotContain("Delta One");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "100", "1.5", "two", "", "99999999999999999999"})
    void refusesAQuantity(String quantity) throws Exception {
        HttpResponse<String> response = add("delta-one", quantity);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("Enter a quantity from 1 to 99.");
    }

    @Test
    void sellsNoMoreThanThereIs() throws Exception {
        HttpResponse<String> atOnce = add("delta-one", "21");
        assertThat(atOnce.statusCode()).isEqualTo(409);
        assertThat(atOnce.body()).contains("Only 20 pieces of Delta One are left.");

        add("delta-one", "15");
        assertThat(add("delta-one", "6").statusCode()).isEqualTo(409);
    }

    @Test
    void sellsTheLastPieceOnce() throws Exception {
        ShopClient rival = new ShopClient(shop);
        rival.post("/api/cart", Map.of("sku", "delta-one", "quantity", "20"));
        add("delta-one", "1");
        assertThat(rival.post("/checkout", form()).statusCode()).isEqualTo(303);

        HttpResponse<String> late = visitor.post("/checkout", form());

        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("Only 0 pieces of Delta One are left.");
        assertThat(visitor.get("/cart").body()).contains("Delta One");
    }

    @Test
    void confirmsAnOrderToItsBuyerOnly() throws Exception {
        add("delta-one", "2");

        HttpResponse<String> placed = visitor.post("/checkout", form());

        assertThat(placed.statusCode()).isEqualTo(303);
        String location = placed.headers().firstValue("Location").orElseThrow();
        assertThat(location).isEqualTo("/orders/KS-1001");
        assertThat(visitor.get(location).body())
                .contains("Thank you, Ada &lt;3 Lovelace!", "KS-1001", "2 \u00d7 Delta One", "€102.90");
        assertThat(visitor.get("/cart").body()).contains("Your cart is empty");
        assertThat(new ShopClient(shop).get(location).statusCode()).isEqualTo(404);
    }

    @Test
    void writesTheInvoiceAsCsv() throws Exception {
        add("delta-one", "2");
        Map<String, String> form = form();
        form.put("voucher", "firstflight");
        String order =
                visitor.post("/checkout", form).headers().firstValue("Location").orElseThrow();

        HttpResponse<String> invoice = visitor.get(order + "/invoice.csv");

        assertThat(invoice.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
        assertThat(invoice.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"invoice-KS-1001.csv\"");
        assertThat(invoice.body().lines())
                .containsExactly(
                        "order,article,quantity,unit price EUR,total EUR",
                        "KS-1001,\"Delta One\",2,49.00,98.00",
                        "KS-1001,\"Voucher FIRSTFLIGHT\",1,-9.80,-9.80",
                        "KS-1001,\"Delivery: Standard, 2 to 4 days\",1,4.90,4.90",
                        "KS-1001,\"Total\",1,93.10,93.10");
    }

    @ParameterizedTest
    @CsvSource({
        "name,'  ',Enter your full name.",
        "email,ada@example,Enter an email address",
        "street,'',Enter street",
        "postcode,1234,five digits",
        "city,'',Enter the city.",
        "card,4242 4242 4242 4241,not a valid card number",
        "voucher,FREE<b>,voucher &quot;FREE&lt;b&gt;&quot;",
        "terms,no,accept the terms"
    })
    void refusesAForm(String field, String value, String problem) throws Exception {
        add("delta-one", "1");
        Map<String, String> form = form();
        form.put(field, value);

        HttpResponse<String> response = visitor.post("/checkout", form);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).contains("Please correct the marked fields.", problem);
        assertThat(response.body().split("aria-invalid=\"true\"", -1)).hasSize(2);
    }

    @Test
    void refusesAnUnknownDelivery() throws Exception {
        add("delta-one", "1");
        Map<String, String> form = form();
        form.put("delivery", "pigeon");

        HttpResponse<String> response = visitor.post("/checkout", form);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("no delivery called &quot;pigeon&quot;");
    }

    @Test
    void refusesToSellAnEmptyCart() throws Exception {
        assertThat(visitor.get("/checkout").headers().firstValue("Location")).hasValue("/cart");
        assertThat(visitor.post("/checkout", form()).statusCode()).isEqualTo(409);
    }

    @Test
    void hasNoDroneForAnyOrder() throws Exception {
        add("pocket-sled", "1");
        Map<String, String> form = form();
        form.put("delivery", "drone");
        String order =
                visitor.post("/checkout", form).headers().firstValue("Location").orElseThrow();

        HttpResponse<String> flight = visitor.get("/api" + order + "/flight");

        assertThat(flight.statusCode()).isEqualTo(503);
        assertThat(flight.body()).isEqualTo("{\"error\":\"Flight control has no drone for KS-1001.\"}");
        assertThat(visitor.get(order).body()).contains("KS-0000");
    }

    private HttpResponse<String> add(String sku, String quantity) throws IOException, InterruptedException {
        return visitor.post("/api/cart", Map.of("sku", sku, "quantity", quantity));
    }

    private static Map<String, String> form() {
        return new LinkedHashMap<>(Map.of(
                "name", "Ada <3 Lovelace",
                "email", "ada@example.org",
                "street", "Windmill Lane 7",
                "postcode", "12345",
                "city", "Greenwich",
                "card", "4242 4242 4242 4242",
                "delivery", "standard",
                "terms", "yes"));
    }
}
