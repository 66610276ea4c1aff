package ai.bctrl.conformance;

import ai.bctrl.BctrlClient;
import ai.bctrl.model.BrowserRuntime;
import ai.bctrl.model.RuntimeStatus;
import ai.bctrl.model.Space;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What a fault can be put into. Immutable.
 *
 * @param run runs tests against a control plane of this JVM
 * @param directory of this fault
 */
record Scene(KitRun run, Path directory) {
    /** The same tests against another service. */
    KitRun against(String baseUrl, String apiKey) {
        return run.with("bctrl.baseUrl", baseUrl)
                .with("bctrl.apiKey", apiKey)
                .with("bctrl.acquireTimeoutSeconds", "4")
                .with("bctrl.queueTimeoutSeconds", "4");
    }

    /** A test that wants a browser of a service that always answers so. */
    Ended opensOn(FaultyService service) throws IOException {
        try (service) {
            return opens("http://127.0.0.1:" + service.port());
        }
    }

    /** A test that wants a browser of the service at an address. */
    Ended opens(String baseUrl) {
        FaultPoint.during(() -> {});
        return against(baseUrl, "key").inOwnSession(FaultPoint.Opens.class);
    }

    /** A test that waits behind a network of which something is asked in the middle. */
    Ended waitsBehind(Consumer<FaultyLine> fault) throws IOException {
        try (FaultyLine line = new FaultyLine(run.controlPlane().baseUrl())) {
            FaultPoint.during(() -> fault.accept(line));
            return run.with("bctrl.baseUrl", line.baseUrl())
                    .with("bctrl.silenceSeconds", "2")
                    .inOwnSession(FaultPoint.Waits.class);
        }
    }

    /** A test behind a network that is slow from the begin. */
    Ended passesBehind(long delayMillis) throws IOException {
        try (FaultyLine line = new FaultyLine(run.controlPlane().baseUrl())) {
            line.delay(delayMillis);
            return run.with("bctrl.baseUrl", line.baseUrl())
                    .with("bctrl.silenceSeconds", "2")
                    .inOwnSession(FaultPoint.Opens.class);
        }
    }

    /** A test that transfers some hundred kilobytes behind a network that loses segments. */
    Ended transfersBehind(LateOutput.Delay delay) throws IOException {
        try (FaultyLine line = new FaultyLine(run.controlPlane().baseUrl())) {
            line.late(delay);
            return run.with("bctrl.baseUrl", line.baseUrl())
                    .with("bctrl.silenceSeconds", "2")
                    .inOwnSession(FaultPoint.Transfers.class);
        }
    }

    /** A test that waits while something is done to the processes of its browser. */
    Ended waitsWhile(Consumer<ProcessHandle> fault) {
        FaultPoint.during(() -> browsers(ProcessHandle.current()).forEach(fault));
        return run.inOwnSession(FaultPoint.Waits.class);
    }

    /** A test that waits while somebody else does something to its runtime. */
    Ended waitsWhileSomebody(Interference fault) {
        FaultPoint.during(() -> {
            try (BctrlClient client = BctrlClient.builder()
                    .apiKey(run.controlPlane().apiKey())
                    .baseUrl(run.controlPlane().baseUrl())
                    .build()) {
                for (Space space : client.spaces().list()) {
                    for (BrowserRuntime runtime : client.runtimes().list(space.id())) {
                        if (runtime.status() == RuntimeStatus.ACTIVE) {
                            fault.with(client, space.id(), runtime.id());
                        }
                    }
                }
            }
        });
        return run.inOwnSession(FaultPoint.Waits.class);
    }

    /** What somebody else does to a runtime. */
    @FunctionalInterface
    interface Interference {
        void with(BctrlClient client, String space, String runtime);
    }

    /** The main processes of the browsers below a process. */
    static List<ProcessHandle> browsers(ProcessHandle above) {
        Predicate<ProcessHandle> isBrowser =
                process -> process.info().command().orElse("").contains("chrom");
        return above.descendants()
                .filter(isBrowser)
                .filter(process -> process.parent().filter(isBrowser).isEmpty())
                .toList();
    }

    /** Sends a signal, such as {@code STOP}. */
    static void signal(ProcessHandle process, String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
            if (kill.waitFor() != 0) {
                throw new AssertionError("no process " + process.pid());
            }
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }
}
