package ai.bctrl.junit.internal.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A machine with processes and a clock as a test wants them. Used from one thread. */
final class FakeSurroundings implements Surroundings {
    private final World world;
    private final ProcessId self;
    private final List<Ancestor> ancestors = new ArrayList<>();
    private final Map<String, String> properties = new HashMap<>();

    /** What the JVMs of a machine have in common. */
    static final class World {
        private final Set<ProcessId> alive = new HashSet<>();
        private Instant now = Instant.parse("2026-11-22T06:30:00Z");
        private long nextPid = 100;

        ProcessId start() {
            ProcessId process = new ProcessId(nextPid++, now);
            alive.add(process);
            return process;
        }

        void end(ProcessId process) {
            alive.remove(process);
        }

        void pass(Duration time) {
            now = now.plus(time);
        }

        /** {@return a JVM that the process starts through a shell, as Surefire does} */
        FakeSurroundings forkOf(ProcessId builder, String commandLine) {
            FakeSurroundings fork = new FakeSurroundings(this);
            fork.ancestors.add(new Ancestor(start(), "/usr/bin/dash", "/bin/sh -c java"));
            fork.ancestors.add(new Ancestor(builder, "/usr/lib/jvm/bin/java", commandLine));
            return fork;
        }

        FakeSurroundings mavenFork(ProcessId maven) {
            return forkOf(maven, "java org.codehaus.plexus.classworlds.launcher.Launcher verify")
                    .with("surefire.real.class.path", "a.jar");
        }

        FakeSurroundings gradleWorker(ProcessId daemon) {
            return forkOf(daemon, "java org.gradle.launcher.daemon.bootstrap.GradleDaemon")
                    .with("org.gradle.test.worker", "4");
        }
    }

    FakeSurroundings(World world) {
        this.world = world;
        this.self = world.start();
    }

    FakeSurroundings with(String property, String value) {
        properties.put(property, value);
        return this;
    }

    void end() {
        world.end(self);
    }

    @Override
    public ProcessId self() {
        return self;
    }

    @Override
    public boolean isAlive(ProcessId process) {
        return world.alive.stream().anyMatch(process::isSame);
    }

    @Override
    public List<Ancestor> ancestors() {
        return ancestors;
    }

    @Override
    public @Nullable String property(String name) {
        return properties.get(name);
    }

    @Override
    public Instant now() {
        return world.now;
    }
}
