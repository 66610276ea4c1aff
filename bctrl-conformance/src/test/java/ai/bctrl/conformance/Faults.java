package ai.bctrl.conformance;

import ai.bctrl.BctrlClient;
import ai.bctrl.model.CreateRuntimeRequest;
import ai.bctrl.network.TestCertificates;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Everything that may go wrong between a test and its page. */
final class Faults {
    private static final String CONTROL_PLANE = "control plane";
    private static final String LOST = "connection lost";
    private static final String QUOTA = "quota or capacity";

    private Faults() {}

    static List<Fault> all() {
        return Stream.of(ofTheService(), NetworkFaults.all(), ofTheBrowser(), TimeFaults.all(), MachineFaults.all())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Fault> ofTheService() {
        return List.of(
                new Fault(
                        "the service's name is unknown (DNS)",
                        "BctrlConnectionException",
                        CONTROL_PLANE,
                        10,
                        scene -> scene.opens("http://no-such-service.invalid:8787")),
                new Fault(
                        "nobody listens (connection refused)",
                        "BctrlConnectionException",
                        CONTROL_PLANE,
                        10,
                        scene -> scene.opens("http://127.0.0.1:1")),
                new Fault(
                        "a certificate that nobody trusts (TLS)",
                        "BctrlConnectionException",
                        CONTROL_PLANE,
                        10,
                        scene -> {
                            try (FaultyService service = secured(scene.directory())) {
                                return scene.opens("https://127.0.0.1:" + service.port());
                            }
                        }),
                new Fault(
                        "something that speaks no HTTP",
                        "BctrlConnectionException",
                        CONTROL_PLANE,
                        10,
                        scene -> scene.opensOn(FaultyService.saying("SSH-2.0-OpenSSH\r\n", true))),
                new Fault(
                        "a wrong key (401)",
                        "AuthenticationException",
                        "test error",
                        10,
                        scene -> scene.opens(scene.run().controlPlane().baseUrl())),
                new Fault(
                        "a key that may not (403)",
                        "PermissionException",
                        "test error",
                        10,
                        scene -> scene.opensOn(refusing("403 Forbidden", "", "auth.forbidden"))),
                new Fault(
                        "a wrong path (404)",
                        "NotFoundException",
                        "test error",
                        10,
                        scene -> scene.opensOn(FaultyService.answering("404 Not Found", "", "not here"))),
                new Fault(
                        "too many requests (429) with Retry-After",
                        "RateLimitException",
                        QUOTA,
                        10,
                        scene ->
                                scene.opensOn(refusing("429 Too Many Requests", "Retry-After: 1\r\n", "rate.limited"))),
                new Fault(
                        "too many requests (429) without Retry-After",
                        "RateLimitException",
                        QUOTA,
                        10,
                        scene -> scene.opensOn(refusing("429 Too Many Requests", "", "rate.limited"))),
                new Fault(
                        "a burst of 503 that does not end",
                        "ServerException",
                        CONTROL_PLANE,
                        10,
                        scene -> scene.opensOn(refusing("503 Service Unavailable", "", "server.busy.somewhere"))),
                new Fault(
                        "a login page of a proxy in between",
                        "UnexpectedAnswerException",
                        CONTROL_PLANE,
                        10,
                        scene -> scene.opensOn(FaultyService.answering(
                                "200 OK", "Content-Type: text/html\r\n", "<html><h1>Sign in</h1></html>"))),
                new Fault(
                        "an answer that is cut off",
                        "BctrlConnectionException",
                        CONTROL_PLANE,
                        10,
                        scene -> scene.opensOn(
                                FaultyService.saying("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"da", true))),
                new Fault(
                        "a service that never answers",
                        "BctrlTimeoutException",
                        CONTROL_PLANE,
                        10,
                        scene -> scene.opensOn(FaultyService.saying("", false))),
                new Fault("no place for one more browser", "CapacityException", QUOTA, 20, scene -> {
                    try (ServeProcess serve = ServeProcess.start(scene.directory(), "--max-runtimes", "1")) {
                        takeTheOnlyPlace(serve);
                        return scene.against(serve.baseUrl(), ServeProcess.KEY).inOwnSession(FaultPoint.Opens.class);
                    }
                }));
    }

    private static List<Fault> ofTheBrowser() {
        return List.of(
                new Fault(
                        "SIGKILL of the browser",
                        "BrowserCrashedException",
                        "browser crash",
                        10,
                        scene -> scene.waitsWhile(browser -> Scene.signal(browser, "KILL"))),
                new Fault(
                        "SIGSTOP of the browser",
                        "BrowserCrashedException",
                        "browser crash",
                        15,
                        scene -> scene.waitsWhile(browser -> Scene.signal(browser, "STOP"))),
                new Fault(
                        "the runtime is stopped by somebody else",
                        "BrowserExpiredException",
                        LOST,
                        10,
                        scene -> scene.waitsWhileSomebody((client, space, runtime) -> {
                            var unused = client.runtimes().stop(space, runtime);
                        })),
                new Fault("the runtime reaches its longest lifetime", "BrowserExpiredException", LOST, 30, scene -> {
                    try (ServeProcess serve = ServeProcess.start(scene.directory(), "--max-lifetime", "5s")) {
                        FaultPoint.during(() -> {});
                        return scene.run()
                                .with("bctrl.baseUrl", serve.baseUrl())
                                .with("bctrl.apiKey", ServeProcess.KEY)
                                .inOwnSession(FaultPoint.Waits.class);
                    }
                }),
                new Fault("SIGKILL of the control plane", "BrowserLostException", CONTROL_PLANE, 45, scene -> {
                    try (ServeProcess serve = ServeProcess.start(scene.directory())) {
                        FaultPoint.during(serve::kill);
                        return scene.run()
                                .with("bctrl.baseUrl", serve.baseUrl())
                                .with("bctrl.apiKey", ServeProcess.KEY)
                                .inOwnSession(FaultPoint.Waits.class);
                    }
                }),
                new Fault("the page crashes", "PlaywrightException", "page crash", 15, scene -> {
                    FaultPoint.on(page -> page.navigate("chrome://crash"));
                    return scene.run().inOwnSession(FaultPoint.Acts.class);
                }),
                new Fault("the page hangs", "TimeoutError", "application timeout", 30, scene -> {
                    FaultPoint.on(page -> {
                        page.setDefaultTimeout(2000);
                        page.evaluate("setTimeout(() => { for (;;) ; }, 50)");
                        page.waitForSelector("#never");
                    });
                    return scene.run().inOwnSession(FaultPoint.Acts.class);
                }));
    }

    private static void takeTheOnlyPlace(ServeProcess serve) {
        try (BctrlClient client = BctrlClient.builder()
                .apiKey(ServeProcess.KEY)
                .baseUrl(serve.baseUrl())
                .build()) {
            String space = client.spaces().list().get(0).id();
            var unused = client.runtimes()
                    .create(space, CreateRuntimeRequest.browser().build());
        }
    }

    private static FaultyService refusing(String status, String headers, String code) throws Exception {
        return FaultyService.answering(
                status,
                headers + "Content-Type: application/json\r\n",
                "{\"error\":{\"code\":\"" + code + "\",\"message\":\"no\"}}");
    }

    static FaultyService secured(Path directory) throws Exception {
        Path file = new TestCertificates(Files.createDirectories(directory)).create("service", "127.0.0.1", "-1d", 10);
        char[] password = TestCertificates.PASSWORD.toCharArray();
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(file.toFile(), password), password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return new FaultyService(
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()), "", true);
    }
}
