package ai.bctrl.conformance;

import java.util.ArrayList;
import java.util.List;

/** What may go wrong on the way between a test and its browser. */
final class NetworkFaults {
    private static final String CONTROL_PLANE = "control plane";
    private static final String LOST = "connection lost";

    private NetworkFaults() {}

    static List<Fault> all() {
        List<Fault> all = new ArrayList<>(List.of(
                new Fault(
                        "a TLS handshake that is never answered (half-open TLS)",
                        "BctrlTimeoutException",
                        CONTROL_PLANE,
                        "did not complete the TLS handshake",
                        10,
                        scene -> {
                            try (FaultyService service = FaultyService.saying("", false)) {
                                return scene.opens("https://127.0.0.1:" + service.port());
                            }
                        }),
                new Fault(
                        "a TLS handshake that stops in the middle (half-open TLS)",
                        "BctrlTimeoutException",
                        CONTROL_PLANE,
                        "did not complete the TLS handshake",
                        10,
                        scene -> {
                            try (FaultyService service = Faults.secured(scene.directory());
                                    FaultyLine line = new FaultyLine("https://127.0.0.1:" + service.port())) {
                                line.passFromServer(100);
                                return scene.opens(line.baseUrl().replace("http:", "https:"));
                            }
                        }),
                new Fault("everything takes 150 ms longer, each way", "-", "-", 60, scene -> scene.passesBehind(150)),
                new Fault(
                        "the browser's socket is cut",
                        "BrowserUnreachableException",
                        LOST,
                        10,
                        scene -> scene.waitsBehind(FaultyLine::cutBrowser)),
                new Fault(
                        "the browser's line swallows everything (half-open TCP)",
                        "BrowserUnreachableException",
                        LOST,
                        10,
                        scene -> scene.waitsBehind(FaultyLine::swallowBrowser)),
                new Fault(
                        "the whole network swallows everything",
                        "BrowserLostException",
                        CONTROL_PLANE,
                        45,
                        scene -> scene.waitsBehind(FaultyLine::swallowAll)),
                new Fault(
                        "40 ms longer each way, and each 20th segment 300 ms late, as TCP sends a lost one again",
                        "-",
                        "-",
                        60,
                        scene -> scene.transfersBehind(new LateOutput.Delay(40, 5, 300))),
                new Fault(
                        "150 ms longer each way, and each 7th segment 1 s late, as TCP sends a lost one again",
                        "-",
                        "-",
                        90,
                        scene -> scene.transfersBehind(new LateOutput.Delay(150, 14, 1000)))));
        all.addAll(closes());
        return all;
    }

    private static List<Fault> closes() {
        return List.of(
                closed(1000, "BrowserExpiredException", LOST),
                closed(1001, "BrowserLostException", CONTROL_PLANE),
                closed(1002, "BrowserUnreachableException", LOST),
                closed(1008, "BrowserExpiredException", LOST),
                closed(1009, "BrowserUnreachableException", LOST),
                closed(1011, "BrowserUnreachableException", LOST),
                closed(1012, "BrowserLostException", CONTROL_PLANE),
                closed(1013, "BrowserLostException", CONTROL_PLANE),
                closed(4001, "BrowserExpiredException", LOST),
                closed(4999, "BrowserUnreachableException", LOST));
    }

    private static Fault closed(int code, String exception, String origin) {
        return new Fault(
                "the browser's socket is closed with code " + code,
                exception,
                origin,
                "told so (close code " + code + ")",
                10,
                scene -> scene.waitsBehind(line -> line.closeBrowser(code, "told so")));
    }
}
