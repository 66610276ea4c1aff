package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.BrowserRemains;
import ai.bctrl.internal.json.Json;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A page in a managed browser turns on the control plane that started it, and knows everything but what is in our memory: our
 * port, the key, and signed addresses.
 */
class AttackingPageBrowserIT {
    private static final String KEY = "the-attacker-knows-this-key";
    private static final String TOOLS = """
            const out = {};
            const attempt = async (name, work) => {
              try { out[name] = String(await work()); } catch (e) { out[name] = 'refused'; }
            };
            const socket = url => new Promise((ok, no) => {
              const s = new WebSocket(url);
              s.onopen = () => { s.close(); ok('open'); };
              s.onerror = () => no(new Error());
            });
            const key = {Authorization: 'Bearer %s'};
            """.formatted(KEY);

    private final LocalBctrl local = LocalBctrl.start(LocalOptions.builder()
            .isolation(BrowserRemains.isolation())
            .apiKey(KEY)
            .build());
    private final Api api = Api.of(local);
    private final String base = local.baseUrl();
    private final int port = URI.create(base).getPort();
    private HttpServer site;

    AttackingPageBrowserIT() throws IOException {
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void serve() {
        byte[] page = "<!doctype html><title>attack</title>".getBytes(StandardCharsets.UTF_8);
        site.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        site.start();
    }

    @AfterEach
    void close() {
        site.stop(0);
        local.close();
    }

    /** A page, driven as a test would. */
    private static final class Driven {
        private final TestSocket socket;
        private final String session;
        private int last = 2;

        Driven(String cdp, String url) throws InterruptedException {
            socket = TestSocket.open(cdp);
            socket.send("{\"id\":1,\"method\":\"Target.createTarget\",\"params\":{\"url\":\"" + url + "\"}}");
            String target = result("\"id\":1,").get("targetId").getAsString();
            socket.send("{\"id\":2,\"method\":\"Target.attachToTarget\",\"params\":{\"targetId\":\"" + target
                    + "\",\"flatten\":true}}");
            session = result("\"id\":2,").get("sessionId").getAsString();
            Poll.until(
                    "the attacker's page is there", java.time.Duration.ofSeconds(20), () -> title().equals("attack"));
        }

        private String title() {
            try {
                return evaluate("document.title");
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }

        private JsonObject result(String id) throws InterruptedException {
            return Json.parseObject(socket.receive(id)).getAsJsonObject("result");
        }

        JsonObject send(String method, JsonObject params) throws InterruptedException {
            JsonObject message = new JsonObject();
            message.addProperty("id", ++last);
            message.addProperty("method", method);
            message.addProperty("sessionId", session);
            message.add("params", params);
            socket.send(message.toString());
            return result("\"id\":" + last + ",");
        }

        String evaluate(String expression) throws InterruptedException {
            JsonObject params = new JsonObject();
            params.addProperty("expression", expression);
            params.addProperty("awaitPromise", true);
            params.addProperty("returnByValue", true);
            return send("Runtime.evaluate", params)
                    .getAsJsonObject("result")
                    .get("value")
                    .getAsString();
        }

        JsonObject attack(String script) throws InterruptedException {
            return Json.parseObject(evaluate("(async () => {" + TOOLS + script + "; return JSON.stringify(out); })()"));
        }
    }

    private String state() {
        return api.get("/v1/spaces").expect(200).text()
                + api.get("/v1/spaces/" + api.defaultSpace() + "/runtimes").each("runtimes", "status")
                + api.get("/v1/runs").each("runs", "status");
    }

    private String live(String runtime) {
        String run = api.get(runtime).text("activeRunId");
        return api.post("/v1/runs/" + run + "/live", "{\"control\":\"input\"}")
                .expect(200)
                .text("iframeUrl");
    }

    @Test
    void aPageOfAnotherSiteReachesNothing() throws Exception {
        String victim = api.newRuntime();
        String cdp = TestServer.url(api.newConnection(victim).expect(200));
        String live = live(victim);
        Driven page = new Driven(
                TestServer.url(api.newConnection(api.newRuntime()).expect(200)),
                "http://127.0.0.1:" + site.getAddress().getPort() + "/");
        String before = state();
        JsonObject told =
                page.attack("""
                const base = '%s', post = {method: 'POST', body: '{"name":"evil"}'};
                await attempt('read', () => fetch(base + '/health').then(r => r.text()));
                await attempt('readWithKey', () => fetch(base + '/v1/spaces', {headers: key}).then(r => r.text()));
                await attempt('writeWithKey', () => fetch(base + '/v1/spaces',
                    {...post, headers: {...key, 'Content-Type': 'application/json'}}).then(r => r.text()));
                await attempt('blindWrite', () => fetch(base + '/v1/spaces',
                    {...post, mode: 'no-cors', credentials: 'include'}).then(r => r.type + r.status));
                await attempt('blindStop', () => fetch(base + '%s/stop', {method: 'POST', mode: 'no-cors'})
                    .then(r => r.type + r.status));
                await attempt('cdp', () => socket('%s'));
                await attempt('live', () => socket('%s'));
                await attempt('script', () => new Promise((ok, no) => {
                  const s = document.createElement('script');
                  s.src = base + '/v1/spaces'; s.onload = () => ok('loaded'); s.onerror = no;
                  document.body.append(s);
                }));
                const form = document.createElement('form');
                form.method = 'post'; form.action = base + '/console/sign-in'; form.target = 'target';
                form.innerHTML = '<input name="key" value="%s"><input name="csrf" value="made-up">';
                const frames = ['target', 'console'].map(name => {
                  const f = document.createElement('iframe'); f.name = name; document.body.append(f); return f;
                });
                document.body.append(form);
                await new Promise(ok => { frames[0].onload = ok; form.submit(); });
                await new Promise(ok => { frames[1].onload = ok; frames[1].src = base + '/console'; });
                await attempt('frame', () => frames[1].contentDocument.title)
                """.formatted(base, victim, cdp, live.replaceFirst("http", "ws") + "/socket", KEY));
        assertThat(told.asMap().entrySet().stream()
                        .map(one -> one.getKey() + "=" + one.getValue().getAsString()))
                .containsExactly(
                        "read=refused",
                        "readWithKey=refused",
                        "writeWithKey=refused",
                        "blindWrite=opaque0",
                        "blindStop=opaque0",
                        "cdp=refused",
                        "live=refused",
                        "script=refused",
                        "frame=refused");
        JsonObject frames = page.send("Page.getFrameTree", new JsonObject());
        assertThat(frames.toString()).contains("\"unreachableUrl\":\"" + base + "/console\"");
        assertThat(state()).isEqualTo(before);
        // What was refused to the page is there for its owner.
        assertThat(TestSocket.refusal(cdp)).isEqualTo(101);
    }

    @Test
    void aNameThatWasBoundToUsReachesNothing() throws Exception {
        String victim = api.newRuntime();
        String cdp = TestServer.url(api.newConnection(victim).expect(200));
        String name = "rebound.test:" + port;
        try (ReboundProxy proxy = ReboundProxy.start(port)) {
            String runtimes = "/v1/spaces/" + api.defaultSpace() + "/runtimes";
            String runtime = api.post(
                            runtimes,
                            "{\"type\":\"browser\",\"config\":{\"proxy\":{\"mode\":\"custom\",\"protocol\":\"http\","
                                    + "\"host\":\"127.0.0.1\",\"port\":" + proxy.port() + "}}}")
                    .expect(200)
                    .text("id");
            Driven page = new Driven(
                    TestServer.url(api.newConnection(runtimes + "/" + runtime).expect(200)),
                    "http://" + name + "/attack");
            String before = state();
            JsonObject told = page.attack("""
                    const text = r => r.status + ' ' + r.headers.get('content-type');
                    await attempt('read', () => fetch('/health').then(text));
                    await attempt('readWithKey', () => fetch('/v1/spaces', {headers: key}).then(text));
                    await attempt('writeWithKey', () => fetch('/v1/spaces', {method: 'POST', body: '{"name":"evil"}',
                        headers: {...key, 'Content-Type': 'application/json'}}).then(text));
                    await attempt('console', () => fetch('/console/sign-in').then(text));
                    await attempt('live', () => fetch('/live/assets/live.js').then(text));
                    await attempt('cdp', () => socket('%s'));
                    """.formatted(cdp.replaceFirst("//[^/]+", "//" + name)));
            String forbidden = "403 application/json";
            assertThat(Map.of("page", told.toString()))
                    .containsEntry(
                            "page",
                            "{\"read\":\"" + forbidden + "\",\"readWithKey\":\"" + forbidden + "\",\"writeWithKey\":\""
                                    + forbidden + "\",\"console\":\"" + forbidden + "\",\"live\":\"" + forbidden
                                    + "\",\"cdp\":\"refused\"}");
            assertThat(state()).isEqualTo(before);
        }
    }

    @Test
    void aPageCannotTakeOverItsOwnBrowser() throws Exception {
        String runtime = api.newRuntime();
        Driven page = new Driven(
                TestServer.url(api.newConnection(runtime).expect(200)),
                "http://127.0.0.1:" + site.getAddress().getPort() + "/");
        List<String> lines = Files.readAllLines(devTools(runtime));
        String there = "127.0.0.1:" + lines.get(0);
        JsonObject told = page.attack("""
                await attempt('list', () => fetch('http://%1$s/json/list').then(r => r.text()));
                await attempt('open', () => fetch('http://%1$s/json/new?file:///etc/passwd', {method: 'PUT'})
                    .then(r => r.text()));
                await attempt('socket', () => socket('ws://%1$s%2$s'));
                """.formatted(there, lines.get(1)));
        assertThat(told.toString()).isEqualTo("{\"list\":\"refused\",\"open\":\"refused\",\"socket\":\"refused\"}");
        assertThat(page.evaluate("document.title")).isEqualTo("attack");
    }

    private static Path devTools(String runtime) {
        String id = runtime.substring(runtime.lastIndexOf('/') + 1);
        for (String argument : Processes.browserOf(id).info().arguments().orElseThrow()) {
            if (argument.startsWith("--user-data-dir=")) {
                return Path.of(argument.substring(16)).resolve("DevToolsActivePort");
            }
        }
        throw new AssertionError("no profile");
    }
}
