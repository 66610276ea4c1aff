package ai.bctrl.junit;

import ai.bctrl.junit.internal.evidence.Bundle;
import ai.bctrl.junit.internal.evidence.Collected;
import ai.bctrl.junit.internal.evidence.Failure;
import ai.bctrl.junit.internal.publish.AttachmentLines;
import ai.bctrl.junit.internal.publish.FailedTest;
import ai.bctrl.junit.internal.publish.GitHubActions;
import ai.bctrl.junit.internal.publish.JUnitFiles;
import ai.bctrl.junit.internal.publish.SourceLocation;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Hands the outcome of tests, and what was kept of them, to whoever looks at test results. Thread-safe. */
final class Publication {
    private final @Nullable AttachmentLines attachments;
    private final @Nullable GitHubActions gitHub;
    private final Queue<FailedTest> failed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicInteger aborted = new AtomicInteger();

    Publication(BctrlSettings.Evidence settings, Map<String, String> environment, PrintStream out) {
        String wanted = settings.attachments().name().toLowerCase(Locale.ROOT);
        this.attachments = AttachmentLines.wanted(wanted, environment) ? new AttachmentLines(out) : null;
        this.gitHub = GitHubActions.of(environment, Path.of(""), out);
    }

    /** Publishes the files of an attempt; to be called while JUnit takes files of the test. Never fails. */
    void publish(ExtensionContext context, Collected collected) {
        Bundle bundle = collected.bundle();
        List<Bundle.Item> items = bundle.items();
        for (Bundle.Item item : items) {
            JUnitFiles.publish(
                    context, item.name(), item.mediaType(), bundle.directory().resolve(item.name()));
        }
        if (attachments != null && collected.attempt().failure() != null) {
            attachments.print(
                    bundle.directory(), items.stream().map(Bundle.Item::name).toList());
        }
    }

    /** Counts a test that passed. */
    void passed() {
        passed.incrementAndGet();
    }

    /** Counts a test that was aborted. */
    void aborted() {
        aborted.incrementAndGet();
    }

    /** Tells of a failed attempt at once. */
    void failed(Collected collected) {
        Failure failure = collected.attempt().failure();
        if (failure == null) {
            return;
        }
        FailedTest test = new FailedTest(
                collected.attempt().test().shortName(),
                collected.attempt().test().className(),
                collected.bundle().attempt(),
                collected.attempt().redact().apply(String.valueOf(failure.thrown())),
                SourceLocation.of(failure.thrown(), collected.attempt().test().className()),
                failure.origin().title(),
                collected.lastAction(),
                collected.bundle().directory());
        failed.add(test);
        if (gitHub != null) {
            gitHub.error(test);
        }
    }

    /** Tells of the whole run. */
    void close(String run) {
        if (gitHub != null) {
            gitHub.summary(run, passed.get(), List.copyOf(failed), aborted.get());
        }
    }
}
