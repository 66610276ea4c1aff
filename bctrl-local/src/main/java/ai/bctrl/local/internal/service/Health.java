package ai.bctrl.local.internal.service;

import ai.bctrl.local.internal.engine.BrowserStartException;
import ai.bctrl.local.internal.engine.LaunchRequest;
import ai.bctrl.local.internal.store.Database;
import ai.bctrl.local.internal.store.RuntimeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Says whether a control plane can do its work, and why not. Thread-safe. */
public final class Health {

    private static final long LEAST_DISK = 128L << 20;

    /**
     * How it is. Immutable.
     *
     * @param status {@code ok}; {@code degraded} where browsers are to be had, but not at once; {@code unavailable}
     * @param live whether the process answers, which it does
     * @param ready whether browsers are to be had
     * @param reasons what is wrong, for people; no paths and no secrets, as anybody may ask
     */
    public record Report(String status, boolean live, boolean ready, List<String> reasons) {}

    private final RuntimeStore runtimes;
    private final Consumer<LaunchRequest> availability;
    private final List<Path> directories;
    private final Places places;
    private final BooleanSupplier closing;
    private final Descriptors descriptors = new Descriptors();

    /**
     * Asks whenever it is asked.
     *
     * @param availability throws a {@link BrowserStartException} where there is no browser
     * @param directories where there must be room
     * @param closing whether the control plane is about to end
     */
    public Health(
            Database database,
            Consumer<LaunchRequest> availability,
            List<Path> directories,
            Places places,
            BooleanSupplier closing) {
        this.runtimes = new RuntimeStore(database);
        this.availability = availability;
        this.directories = List.copyOf(directories);
        this.places = places;
        this.closing = closing;
    }

    /** {@return how it is now} */
    public Report report() {
        List<String> reasons = new ArrayList<>();
        if (closing.getAsBoolean()) {
            reasons.add("shutting down");
        }
        if (!databaseAnswers()) {
            reasons.add("the database does not answer");
        }
        for (Path directory : directories) {
            if (room(directory) < LEAST_DISK) {
                reasons.add("the disk is almost full: less than " + (LEAST_DISK >> 20) + " MiB are left");
                break;
            }
        }
        String few = descriptors.few();
        if (few != null) {
            reasons.add("it " + few);
        }
        if (!browserIsFound()) {
            reasons.add("no browser is found; bctrl doctor says more");
        }
        boolean ready = reasons.isEmpty();
        int waiting = places.waiting();
        if (waiting > 0) {
            reasons.add(waiting + " requests wait for a browser ("
                    + places.standing().reason().label() + ")");
        }
        String status = !ready ? "unavailable" : reasons.isEmpty() ? "ok" : "degraded";
        return new Report(status, true, ready, List.copyOf(reasons));
    }

    private boolean databaseAnswers() {
        try {
            var unused = runtimes.find("");
            return true;
        } catch (RuntimeException broken) {
            return false;
        }
    }

    private boolean browserIsFound() {
        try {
            availability.accept(LaunchRequest.builder("health").build());
            return true;
        } catch (BrowserStartException missing) {
            return false;
        }
    }

    private static long room(Path directory) {
        for (Path at = directory.toAbsolutePath(); at != null; at = at.getParent()) {
            try {
                if (Files.isDirectory(at)) {
                    return Files.getFileStore(at).getUsableSpace();
                }
            } catch (IOException unknown) {
                return Long.MAX_VALUE;
            }
        }
        return Long.MAX_VALUE;
    }
}
