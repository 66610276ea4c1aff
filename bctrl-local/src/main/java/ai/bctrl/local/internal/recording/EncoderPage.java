package ai.bctrl.local.internal.recording;

import ai.bctrl.local.internal.cdp.CdpClient;
import ai.bctrl.local.internal.cdp.CdpClients;
import ai.bctrl.local.internal.cdp.CdpException;
import ai.bctrl.local.internal.engine.RunningBrowser;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The page of a spare browser that encodes pictures. Not thread-safe. Whoever opened it closes it. */
final class EncoderPage implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(60);

    // Only a secure address has the encoder. No request for it leaves the browser.
    private static final String ADDRESS = "https://export.invalid/";
    private static final String EMPTY = "<!doctype html><title>export</title>";

    private final CdpClient client;
    private final String session;

    private EncoderPage(CdpClient client, String session) {
        this.client = client;
        this.session = session;
    }

    /**
     * Opens a page.
     *
     * @throws IOException if the browser does not answer as it should
     */
    static EncoderPage open(CdpClients clients, RunningBrowser browser) throws IOException {
        AtomicReference<@Nullable CdpClient> opened = new AtomicReference<>();
        CdpClient client = await(clients.open(browser.devTools(), (method, session, params) -> {
            CdpClient open = opened.get();
            if (method.equals("Fetch.requestPaused") && open != null) {
                var unused = open.send("Fetch.fulfillRequest", answer(params), session);
            }
        }));
        opened.set(client);
        try {
            JsonObject target = await(client.send("Target.createTarget", object("url", "about:blank")));
            JsonObject attach = object("targetId", target.get("targetId").getAsString());
            attach.addProperty("flatten", true);
            String session = await(client.send("Target.attachToTarget", attach))
                    .get("sessionId")
                    .getAsString();
            EncoderPage page = new EncoderPage(client, session);
            await(client.send("Fetch.enable", new JsonObject(), session));
            await(client.send("Page.navigate", object("url", ADDRESS), session));
            page.evaluate(script());
            return page;
        } catch (IOException | RuntimeException failed) {
            client.close();
            throw failed;
        }
    }

    private static JsonObject answer(JsonObject paused) {
        JsonObject answer = object("requestId", paused.get("requestId").getAsString());
        answer.addProperty("responseCode", 200);
        JsonObject type = object("name", "Content-Type");
        type.addProperty("value", "text/html");
        JsonArray headers = new JsonArray();
        headers.add(type);
        answer.add("responseHeaders", headers);
        answer.addProperty("body", Base64.getEncoder().encodeToString(EMPTY.getBytes(StandardCharsets.US_ASCII)));
        return answer;
    }

    private static JsonObject object(String name, String value) {
        JsonObject object = new JsonObject();
        object.addProperty(name, value);
        return object;
    }

    private static String script() throws IOException {
        try (InputStream in = EncoderPage.class.getResourceAsStream("encoder.js")) {
            if (in == null) {
                throw new IOException("encoder.js is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8) + "\n;0";
        }
    }

    /**
     * Calls a function of the page.
     *
     * @return what it returns
     * @throws IOException if it fails or does not end
     */
    JsonElement call(String function, Object... arguments) throws IOException {
        StringBuilder expression = new StringBuilder("bctrl.").append(function).append('(');
        for (int i = 0; i < arguments.length; i++) {
            Object argument = arguments[i];
            expression.append(i == 0 ? "" : ",");
            expression.append(
                    argument instanceof byte[] bytes
                            ? '"' + Base64.getEncoder().encodeToString(bytes) + '"'
                            : argument instanceof Boolean flag
                                    ? new JsonPrimitive(flag)
                                    : new JsonPrimitive((Number) argument));
        }
        return evaluate(expression.append(')').toString());
    }

    private JsonElement evaluate(String expression) throws IOException {
        JsonObject params = object("expression", expression);
        params.addProperty("awaitPromise", true);
        params.addProperty("returnByValue", true);
        JsonObject answer = await(client.send("Runtime.evaluate", params, session, ANSWER));
        if (answer.has("exceptionDetails")) {
            JsonObject details = answer.getAsJsonObject("exceptionDetails");
            JsonObject thrown = details.getAsJsonObject("exception");
            throw new IOException(
                    thrown != null && thrown.has("description")
                            ? thrown.get("description").getAsString()
                            : details.get("text").getAsString());
        }
        JsonElement value = answer.getAsJsonObject("result").get("value");
        return value == null ? JsonNull.INSTANCE : value;
    }

    private static <T> T await(CompletableFuture<T> answer) throws IOException {
        try {
            return answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("it was given up", interrupted);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            throw new IOException(cause instanceof CdpException ? cause.getMessage() : String.valueOf(cause), failed);
        } catch (TimeoutException late) {
            throw new IOException("the browser did not answer within " + ANSWER.toSeconds() + " s", late);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
