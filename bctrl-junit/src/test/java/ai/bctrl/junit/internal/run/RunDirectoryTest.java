package ai.bctrl.junit.internal.run;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
    private final FakeSurroundings.World world = new FakeSurroundings.World();

    @TempDir
    Path evidence;

    @Test
    void forksOfOneMavenBuildShareARunAtTheSameTimeAndLater() {
        ProcessId maven = world.start();
        RunDirectory first = join(world.mavenFork(maven));
        RunDirectory second = join(world.mavenFork(maven));
        first.close();
        second.close();
        world.pass(Duration.ofMinutes(45));
        RunDirectory later = join(world.mavenFork(maven));
        assertThat(List.of(second.path(), later.path())).containsOnly(first.path());
        assertThat(first.isCreated()).isTrue();
        assertThat(second.isCreated()).isFalse();
        assertThat(Set.of(first.member(), second.member(), later.member())).hasSize(3);
    }

    @Test
    void aForkAfterOneThatCrashedSharesItsRun() {
        ProcessId maven = world.start();
        FakeSurroundings crashed = world.mavenFork(maven);
        RunDirectory first = join(crashed);
        crashed.end();
        world.pass(Duration.ofMinutes(3));
        assertThat(join(world.mavenFork(maven)).path()).isEqualTo(first.path());
    }

    @Test
    void eachMavenBuildHasARunOfItsOwn() {
        RunDirectory first = join(world.mavenFork(world.start()));
        RunDirectory meanwhile = join(world.mavenFork(world.start()));
        assertThat(meanwhile.path()).isNotEqualTo(first.path());
    }

    @Test
    void buildsOfOneMavenDaemonAreToldApartByTheTimeOfSurefire() {
        ProcessId daemon = world.start();
        String daemonsCommand = "java org.mvndaemon.mvnd.common.MavenDaemon";
        RunDirectory first = join(world.forkOf(daemon, daemonsCommand)
                .with("surefire.test.class.path", "a.jar")
                .with("sun.java.command", "/t/booter.jar /t 2026-11-22T06-34-39_222-jvmRun2 x y"));
        RunDirectory fork = join(world.forkOf(daemon, daemonsCommand)
                .with("surefire.test.class.path", "a.jar")
                .with("sun.java.command", "/t/booter.jar /t 2026-11-22T06-34-39_222-jvmRun1 x y"));
        RunDirectory next = join(world.forkOf(daemon, daemonsCommand)
                .with("surefire.test.class.path", "a.jar")
                .with("sun.java.command", "/t/booter.jar /t 2026-11-22T06-34-41_804-jvmRun1 x y"));
        assertThat(fork.path()).isEqualTo(first.path());
        assertThat(next.path()).isNotEqualTo(first.path());
    }

    @Test
    void workersOfAGradleDaemonShareARunUntilTenSecondsAfterTheLastOne() {
        ProcessId daemon = world.start();
        RunDirectory first = join(world.gradleWorker(daemon));
        world.pass(Duration.ofMinutes(5));
        RunDirectory meanwhile = join(world.gradleWorker(daemon));
        first.close();
        meanwhile.close();
        world.pass(Duration.ofSeconds(10));
        RunDirectory next = join(world.gradleWorker(daemon));
        next.close();
        world.pass(Duration.ofSeconds(11));
        RunDirectory later = join(world.gradleWorker(daemon));
        assertThat(List.of(meanwhile.path(), next.path())).containsOnly(first.path());
        assertThat(later.path()).isNotEqualTo(first.path());
    }

    @Test
    void twoStartsFromAnIdeAreTwoRuns() {
        ProcessId ide = world.start();
        RunDirectory first = join(world.forkOf(ide, "idea"));
        first.close();
        assertThat(join(world.forkOf(ide, "idea")).path()).isNotEqualTo(first.path());
    }

    @Test
    void severalSessionsOfOneJvmShareARun() {
        FakeSurroundings jvm = new FakeSurroundings(world);
        RunDirectory first = join(jvm);
        RunDirectory second = join(jvm);
        first.close();
        world.pass(Duration.ofMinutes(5));
        RunDirectory third = join(jvm);
        assertThat(List.of(second.path(), third.path())).containsOnly(first.path());
        second.close();
        third.close();
        world.pass(Duration.ofSeconds(11));
        assertThat(join(jvm).path()).isNotEqualTo(first.path());
    }

    @Test
    void aProcessThatGotTheNumberOfADeadOneIsNotTakenForIt() {
        ProcessId maven = world.start();
        RunDirectory first = join(world.mavenFork(maven));
        ProcessId reborn = new ProcessId(maven.pid(), world.start().started().plusSeconds(3600));
        assertThat(join(world.mavenFork(reborn)).path()).isNotEqualTo(first.path());
    }

    @Test
    void aWantedNameIsJoinedWhoeverMadeIt() throws IOException {
        RunDirectory first = RunDirectory.join(evidence, "shard 1/2", new FakeSurroundings(world));
        first.close();
        RunDirectory second = RunDirectory.join(evidence, "shard 1/2", new FakeSurroundings(world));
        assertThat(first.name()).isEqualTo("shard_1_2");
        assertThat(second.path()).isEqualTo(first.path());
        Files.createDirectory(evidence.resolve("mine"));
        assertThat(RunDirectory.join(evidence, "mine", new FakeSurroundings(world))
                        .isShared())
                .isTrue();
        assertThat(RunDirectory.join(evidence, "..", new FakeSurroundings(world))
                        .path()
                        .getParent())
                .isEqualTo(evidence.toAbsolutePath().normalize());
    }

    @Test
    void theMarkerSaysWhoWritesAndWhenTheLastOneLeft() throws IOException {
        RunDirectory run = join(new FakeSurroundings(world));
        assertThat(marker(run).getAsJsonArray("members")).hasSize(1);
        assertThat(marker(run).has("lastEnded")).isFalse();
        run.close();
        assertThat(marker(run).getAsJsonArray("members")).isEmpty();
        assertThat(marker(run).get("lastEnded").getAsString()).isEqualTo("2026-11-22T06:30:00Z");
        assertThat(marker(run).get("schemaVersion").getAsInt()).isEqualTo(1);
    }

    @Test
    void aMarkerThatIsBrokenIsIgnored() throws IOException {
        FakeSurroundings jvm = new FakeSurroundings(world);
        RunDirectory first = join(jvm);
        for (String broken : List.of(
                "", "{", "[]", "{}", "{\"members\":7}", "{\"created\":\"x\",\"invocation\":{},\"members\":[]}")) {
            Files.writeString(first.path().resolve("run.json"), broken);
            RunDirectory next = join(jvm);
            assertThat(next.path()).as(broken).isNotEqualTo(first.path());
            first.close();
            first = next;
        }
    }

    @Test
    void whereNothingCanBeWrittenTheRunIsNotShared() throws IOException {
        Path file = Files.createFile(evidence.resolve("a-file"));
        RunDirectory run = RunDirectory.join(file, null, new FakeSurroundings(world));
        assertThat(run.isShared()).isFalse();
        assertThat(run.path()).isEqualTo(file.toAbsolutePath().resolve(run.name()));
        run.prune(0, Duration.ZERO);
        run.close();
        assertThat(RunDirectory.join(file, "wanted", new FakeSurroundings(world))
                        .name())
                .isEqualTo("wanted");
    }

    @Test
    void aRunApartLeavesNothing() throws IOException {
        RunDirectory run = RunDirectory.apart(evidence.resolve("new"), null);
        run.prune(0, Duration.ZERO);
        run.close();
        assertThat(evidence).isEmptyDirectory();
    }

    @Test
    void threadsOfOneJvmThatJoinAtTheSameTimeShareARun() throws Exception {
        int threads = 16;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<RunDirectory>> joins = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                joins.add(() -> RunDirectory.join(evidence, null));
            }
            Set<Path> paths = new HashSet<>();
            for (Future<RunDirectory> joined : pool.invokeAll(joins, 60, TimeUnit.SECONDS)) {
                try (RunDirectory run = joined.get()) {
                    assertThat(run.isShared()).isTrue();
                    paths.add(run.path());
                }
            }
            assertThat(paths).hasSize(1);
            assertThat(requireNonNull(RunMarker.read(paths.iterator().next())).members())
                    .isEmpty();
        } finally {
            pool.shutdownNow();
        }
    }

    private RunDirectory join(FakeSurroundings jvm) {
        return RunDirectory.join(evidence, null, jvm);
    }

    private static JsonObject marker(RunDirectory run) throws IOException {
        return JsonParser.parseString(Files.readString(run.path().resolve("run.json")))
                .getAsJsonObject();
    }
}
