package ai.bctrl.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A control plane on fake browsers, which are not asked for signs of life as they never answer. */
final class TestServer implements AutoCloseable {
    final FakeEngine engine = new FakeEngine();
    final ManualClock clock;
    final LocalBctrl local;
    final Api api;
    final Path directory;

    private TestServer(LocalOptions options, ManualClock clock, Path directory) {
        this.clock = clock;
        this.directory = directory;
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
        try {
            Path directory = Files.createTempDirectory("bctrl-test-");
            return new TestServer(
                    settings.apply(LocalOptions.builder().silenceTimeout(null)).build(), clock, directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
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
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
