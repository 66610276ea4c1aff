package ai.bctrl.samples.shop;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StockTickerTest {
    private static final long DEADLINE_SECONDS = 20;

    @Test
    void tellsEveryLevelAtFirstAndThenEachChange() throws Exception {
        try (ShopServer shop = ShopServer.start()) {
            ShopClient visitor = new ShopClient(shop);
            BlockingQueue<String> messages = new LinkedBlockingQueue<>();
            WebSocket socket = visitor.http()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create(shop.url("/api/stock").replace("http", "ws")), collecting(messages))
                    .get(DEADLINE_SECONDS, SECONDS);

            for (int i = 0; i < 8; i++) {
                assertThat(messages.poll(DEADLINE_SECONDS, SECONDS)).contains("\"stock\":20");
            }
            visitor.post("/api/cart", Map.of("sku", "tango-stunt", "quantity", "3"));
            visitor.post("/checkout", order());

            assertThat(messages.poll(DEADLINE_SECONDS, SECONDS))
                    .isEqualTo("{\"sku\":\"tango-stunt\",\"name\":\"Tango Stunt\",\"stock\":17}");
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(DEADLINE_SECONDS, SECONDS);
        }
    }

    private static WebSocket.Listener collecting(BlockingQueue<String> messages) {
        return new WebSocket.Listener() {
            @Override
            public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                messages.add(data.toString());
                socket.request(1);
                return null;
            }
        };
    }

    private static Map<String, String> order() {
        return Map.of(
                "name", "Ada",
                "email", "ada@example.org",
                "street", "Windmill Lane 7",
                "postcode", "12345",
                "city", "Greenwich",
                "card", "4242424242424242",
                "terms", "yes");
    }
}
