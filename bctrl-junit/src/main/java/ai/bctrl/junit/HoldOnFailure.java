package ai.bctrl.junit;

import ai.bctrl.error.BctrlException;
import ai.bctrl.playwright.BrowserSession;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the browser of a failed test until a developer has seen enough, or the time is over. It ends early when somebody
 * says so in the live view, or at a prompt by removing a file.
 *
 * @param longest how long it is held
 * @param directory where the file lies that ends it when it is removed
 * @param out where people are told
 */
record HoldOnFailure(Duration longest, Path directory, PrintStream out) {
    private static final long STEP_MILLIS = 250;
    private static final int STEPS_TO_ASK = 4;
    private static final int STEPS_TO_TELL = 240;

    /** {@return the hold that the settings want, or null if none} */
    static @Nullable HoldOnFailure of(
            BctrlSettings.Live settings, Map<String, String> environment, Path directory, PrintStream out) {
        Duration longest = settings.holdOnFailure();
        boolean ci = !environment.getOrDefault("CI", "").isBlank() && !"false".equalsIgnoreCase(environment.get("CI"));
        return longest == null || (ci && !settings.holdUnderCi()) ? null : new HoldOnFailure(longest, directory, out);
    }

    /**
     * Waits.
     *
     * @param failed what is shown of the failure
     * @param released asks the control plane whether somebody has let the test go on
     */
    void hold(String test, String failed, BrowserSession session, HeldRun released) {
        Path file = directory.resolve("hold-" + session.lease().runtimeId() + ".txt");
        long end = System.nanoTime() + longest.toNanos();
        boolean told = false;
        try {
            String link = LiveLink.ask(session.lease()).iframeUrl();
            // Where no evidence is kept nobody has made it yet.
            Files.createDirectories(directory);
            Files.writeString(file, "Remove this file to let " + test + " go on.\n");
            out.println("bctrl: " + test + " failed: " + failed);
            out.println("bctrl: its browser is held for " + text(longest) + ". Take it over: " + link);
            // Not by reading standard input: in the fork of a build it belongs to the build.
            out.println("bctrl: to go on, press Continue there, or at a prompt: rm " + file);
            told = true;
            released.begin(longest, test + " failed: " + failed);
            String why = await(end, file, session, released);
            out.println("bctrl: " + test + " goes on: " + why);
        } catch (BctrlException | IOException impossible) {
            out.println("bctrl: the browser of " + test + " cannot be held: " + impossible.getMessage());
        } finally {
            if (told) {
                released.end();
            }
            remove(file);
        }
    }

    private String await(long end, Path file, BrowserSession session, HeldRun released) {
        for (int step = 1; System.nanoTime() - end < 0; step++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(STEP_MILLIS));
            if (Thread.currentThread().isInterrupted()) {
                return "it was interrupted";
            } else if (!Files.exists(file)) {
                return "the file was removed";
            } else if (step % STEPS_TO_ASK == 0 && released.isOver()) {
                return "somebody pressed Continue";
            } else if (step % STEPS_TO_TELL == 0) {
                out.println("bctrl: held for another "
                        + text(Duration.ofSeconds(TimeUnit.NANOSECONDS.toSeconds(end - System.nanoTime()))));
            } else if (step % STEPS_TO_ASK == 0 && session.lease().ending() != null) {
                return "the browser is gone";
            }
        }
        return "the time is over";
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException left) {
            System.getLogger("ai.bctrl.junit").log(System.Logger.Level.DEBUG, "bctrl: {0} is left: {1}", file, left);
        }
    }

    private static String text(Duration duration) {
        return duration.toSecondsPart() == 0 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }
}
