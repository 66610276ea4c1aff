package ai.bctrl.local;

import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** A control plane on fake browsers. */
final class TestServer implements AutoCloseable {
    final FakeEngine engine = new FakeEngine();
    final ManualClock clock;
    final LocalBctrl local;
    final Api api;

    private TestServer(LocalOptions options, ManualClock clock, Path directory) {
        this.clock = clock;
        this.local = LocalBctrl.start(
                options, clock, () -> new LocalBctrl.Browsers(engine, FakeEngine::requireNoBrand, directory));
        this.api = Api.of(local);
    }

    static TestServer start() {
        return start(options -> options);
    }

    static TestServer start(UnaryOperator<LocalOptions.Builder> settings) {
        return start(new ManualClock(), settings);
    }

    static TestServer start(ManualClock clock, UnaryOperator<LocalOptions.Builder> settings) {
        Path directory = Path.of(
                System.getProperty("java.io.tmpdir"),
                "bctrl-test-" + ProcessHandle.current().pid());
        return new TestServer(settings.apply(LocalOptions.builder()).build(), clock, directory);
    }

    /** A socket as Playwright opens it. */
    TestSocket attach(Reply connection) {
        return TestSocket.open(url(connection));
    }

    static String url(Reply connection) {
        return connection.object("endpoint").get("url").getAsString();
    }

    @Override
    public void close() {
        local.close();
    }
}
