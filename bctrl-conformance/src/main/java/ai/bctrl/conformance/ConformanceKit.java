package ai.bctrl.conformance;

import ai.bctrl.BrowserRemains;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs every lifecycle on the JUnit of this JVM, one after the other: each must keep its promise, end in time, and leave
 * neither an active runtime nor a browser behind.
 */
public final class ConformanceKit {
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final Duration CLEAN_UP = Duration.ofSeconds(15);

    private final ObservedControlPlane controlPlane;
    private final Path directory;
    private final PrintStream out;

    private ConformanceKit(ObservedControlPlane controlPlane, Path directory, PrintStream out) {
        this.controlPlane = controlPlane;
        this.directory = directory;
        this.out = out;
    }

    /**
     * Runs the kit.
     *
     * @param arguments a directory for evidence; a file for the results; perhaps a text that the sentence of a lifecycle must
     *     contain
     * @throws IOException if the results cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        String wanted = arguments.length > 2 ? arguments[2] : "";
        JsonArray results;
        try (ObservedControlPlane controlPlane = new ObservedControlPlane()) {
            results = new ConformanceKit(controlPlane, Path.of(arguments[0]), System.out).run(wanted);
        }
        Files.writeString(Path.of(arguments[1]), results.toString());
        // A thread that hangs must not keep the JVM.
        System.exit(0);
    }

    /** {@return all lifecycles, in the order of the documents} */
    static List<Lifecycle> lifecycles() {
        return Stream.of(
                        OrderLifecycles.all(),
                        DeclarationLifecycles.all(),
                        TemplateLifecycles.all(),
                        InstanceLifecycles.all(),
                        InjectionLifecycles.all(),
                        ParallelLifecycles.all(),
                        ThreadLifecycles.all(),
                        EndingLifecycles.all(),
                        LauncherLifecycles.all())
                .flatMap(List::stream)
                .toList();
    }

    private JsonArray run(String wanted) {
        JsonArray results = new JsonArray();
        try (LauncherSession session = LauncherFactory.openSession()) {
            KitRun run = KitRun.of(session.getLauncher(), controlPlane, directory);
            for (Lifecycle lifecycle : lifecycles()) {
                if (lifecycle.sentence().contains(wanted)) {
                    results.add(result(lifecycle, run));
                }
            }
        }
        return results;
    }

    private JsonObject result(Lifecycle lifecycle, KitRun run) {
        JsonObject result = new JsonObject();
        result.addProperty("sentence", lifecycle.sentence());
        long start = System.nanoTime();
        String problem = lifecycle.since().isHere() ? problem(lifecycle, run) : null;
        String state = !lifecycle.since().isHere() ? "absent" : problem == null ? "passed" : "failed";
        result.addProperty("state", state);
        result.addProperty("problem", problem);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        out.printf("%-7s %6d ms  %s: %s%n", state, millis, lifecycle.group(), lifecycle.sentence());
        return result;
    }

    private @Nullable String problem(Lifecycle lifecycle, KitRun run) {
        FutureTask<String> proof = new FutureTask<>(() -> {
            lifecycle.proof().accept(run);
            return "";
        });
        Thread thread = new Thread(proof, "lifecycle");
        thread.setDaemon(true);
        thread.start();
        try {
            proof.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
            return left();
        } catch (ExecutionException failed) {
            return Stacks.text(failed.getCause());
        } catch (TimeoutException hangs) {
            return "hangs; all threads:\n" + Stacks.ofAllThreads();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private @Nullable String left() {
        long deadline = System.nanoTime() + CLEAN_UP.toNanos();
        List<String> active = controlPlane.active();
        List<String> browsers = BrowserRemains.now();
        while (!(active.isEmpty() && browsers.isEmpty()) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            active = controlPlane.active();
            browsers = BrowserRemains.now();
        }
        return active.isEmpty() && browsers.isEmpty()
                ? null
                : "left behind: active runtimes " + active + ", of browsers " + browsers;
    }
}
