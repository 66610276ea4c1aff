package ai.bctrl.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a JVM holds while nothing is to do. Immutable.
 *
 * @param liveBytes of the objects that a full collection leaves
 * @param threads all that the system sees
 * @param descriptors open ones
 */
record Rest(long liveBytes, long threads, long descriptors) {
    /** Within that part of the start is as before. */
    private static final double MORE = 0.10;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Measures a JVM; the histogram of its objects stays in the file. */
    static Rest of(long pid, Path histogram) throws IOException {
        // The first collection lets go of what only finalizers and cleaners hold.
        JvmCommand.run(pid, histogram, "GC.run");
        Deadline deadline = Deadline.in(PATIENCE);
        OptionalLong live = OptionalLong.empty();
        while (live.isEmpty()) {
            if (deadline.isOver()) {
                throw new IOException("no histogram of process " + pid + ": see " + histogram);
            }
            // A JVM on a busy machine may not answer within the time that jcmd gives it.
            JvmCommand.run(pid, histogram, "GC.class_histogram");
            live = total(histogram);
        }
        ProcFiles process = new ProcFiles(pid);
        return new Rest(live.getAsLong(), process.threads(), process.descriptors());
    }

    private static OptionalLong total(Path histogram) throws IOException {
        return Files.readString(histogram)
                .lines()
                .filter(line -> line.startsWith("Total "))
                .map(line -> line.trim().split("\\s+"))
                .mapToLong(words -> Long.parseLong(words[2]))
                .findFirst();
    }

    /** {@return what there is more of than before, one sentence each} */
    List<String> moreThan(Rest before) {
        List<String> more = new ArrayList<>();
        compare(more, "bytes of live objects", before.liveBytes, liveBytes);
        compare(more, "threads", before.threads, threads);
        compare(more, "descriptors", before.descriptors, descriptors);
        return more;
    }

    private static void compare(List<String> more, String what, long before, long after) {
        if (after > before * (1 + MORE)) {
            more.add("the control plane has " + after + " " + what + " at rest, before it had " + before);
        }
    }

    @Override
    public String toString() {
        return liveBytes / 1024 + " kB live, " + threads + " threads, " + descriptors + " descriptors";
    }
}
