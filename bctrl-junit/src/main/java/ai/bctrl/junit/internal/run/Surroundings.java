package ai.bctrl.junit.internal.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a JVM can find out about itself and its neighbours. Thread-safe. */
interface Surroundings {
    /**
     * A process above this one.
     *
     * @param process the process
     * @param program the path of its program, or empty if the system does not tell
     * @param commandLine its whole command line, or empty if the system does not tell
     */
    record Ancestor(ProcessId process, String program, String commandLine) {}

    /** {@return this process} */
    ProcessId self();

    /** {@return whether the process runs} */
    boolean isAlive(ProcessId process);

    /** {@return the processes above this one, the nearest first} */
    List<Ancestor> ancestors();

    /** {@return a system property} */
    @Nullable
    String property(String name);

    /** {@return the time} */
    Instant now();

    /** {@return those of this JVM} */
    static Surroundings ofThisJvm() {
        return new Surroundings() {
            @Override
            public ProcessId self() {
                return ProcessId.of(ProcessHandle.current());
            }

            @Override
            public boolean isAlive(ProcessId process) {
                return ProcessHandle.of(process.pid())
                        .filter(found -> found.isAlive() && ProcessId.of(found).isSame(process))
                        .isPresent();
            }

            @Override
            public List<Ancestor> ancestors() {
                List<Ancestor> found = new ArrayList<>();
                ProcessHandle at = ProcessHandle.current().parent().orElse(null);
                while (at != null) {
                    ProcessHandle.Info info = at.info();
                    found.add(new Ancestor(
                            ProcessId.of(at),
                            info.command().orElse(""),
                            info.commandLine().orElse("")));
                    at = at.parent().orElse(null);
                }
                return found;
            }

            @Override
            public @Nullable String property(String name) {
                return System.getProperty(name);
            }

            @Override
            public Instant now() {
                return Instant.now();
            }
        };
    }
}
