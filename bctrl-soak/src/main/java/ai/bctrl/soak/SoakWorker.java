package ai.bctrl.soak;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import ai.bctrl.error.BctrlException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The JVM of one worker: runs the tests again and again in one launcher session, until its standard input is closed. */
final class SoakWorker {
    static final String SITE = "bctrl.soak.site";
    static final String BEGUN = "soak begun ";
    static final String ENDED = "soak ended ";

    private SoakWorker() {}

    /** {@return the address of the site} */
    static String site() {
        return Objects.requireNonNull(System.getProperty(SITE), SITE);
    }

    /** Runs until told to end; says what begins and how it ends, a line each. */
    public static void main(String[] arguments) throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        Thread listener = new Thread(() -> awaitEndOfInput(told), "soak-told");
        listener.setDaemon(true);
        listener.start();
        try (LauncherSession session = LauncherFactory.openSession()) {
            boolean goOn = true;
            while (goOn) {
                Lines lines = new Lines(System.out, new AtomicInteger());
                session.getLauncher()
                        .execute(
                                LauncherDiscoveryRequestBuilder.request()
                                        .selectors(selectClass(ShopTestCases.class), selectClass(SharedTestCases.class))
                                        .build(),
                                lines);
                // As people look at a failure before they go on; and others get their turn.
                goOn = lines.failures.get() == 0 ? told.getCount() > 0 : !told.await(1, TimeUnit.SECONDS);
            }
        }
        // What hangs after the end of the session shows in a dump of the threads, not in a JVM that halts.
    }

    private static void awaitEndOfInput(CountDownLatch told) {
        try {
            while (System.in.read() >= 0) {
                // Nobody writes.
            }
        } catch (IOException gone) {
            // So is whoever held the other end.
        }
        told.countDown();
    }

    private record Lines(PrintStream out, AtomicInteger failures) implements TestExecutionListener {
        @Override
        public void executionStarted(TestIdentifier test) {
            if (test.isTest()) {
                say(BEGUN + test.getUniqueId());
            }
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (!test.isTest() && isOfService(result.getThrowable().orElse(null))) {
                // A browser of a class that could not be given back: there is no test whose result could tell of it.
                say("soak class " + test.getUniqueId() + " could not give its browser back");
            } else if (test.isTest() || result.getStatus() != Status.SUCCESSFUL) {
                String why = result.getThrowable()
                        .map(thrown ->
                                thrown.toString().strip().lines().findFirst().orElse(""))
                        .orElse("");
                if (result.getStatus() != Status.SUCCESSFUL) {
                    failures.incrementAndGet();
                }
                say(ENDED + result.getStatus() + " " + test.getUniqueId() + " " + why);
            }
        }

        private static boolean isOfService(@Nullable Throwable failure) {
            if (failure == null || failure instanceof BctrlException) {
                return failure != null;
            }
            return isOfService(failure.getCause())
                    || Arrays.stream(failure.getSuppressed()).anyMatch(Lines::isOfService);
        }

        private void say(String line) {
            out.println(line);
            out.flush();
        }
    }
}
