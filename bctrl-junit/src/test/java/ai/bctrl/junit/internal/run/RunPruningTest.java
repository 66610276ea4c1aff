package ai.bctrl.junit.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPruningTest {
    private static final Duration EVER = Duration.ofDays(10_000);

    private final FakeSurroundings.World world = new FakeSurroundings.World();

    @TempDir
    Path evidence;

    @Test
    void keepsTheNewestRuns() throws IOException {
        List<RunDirectory> ended = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ended.add(endedRun());
        }
        RunDirectory ours = join();
        ours.prune(2, EVER);
        assertThat(left())
                .containsExactlyInAnyOrder(
                        ours.path(), ended.get(3).path(), ended.get(4).path());
    }

    @Test
    void removesOldRuns() throws IOException {
        endedRun();
        world.pass(Duration.ofDays(3));
        RunDirectory young = endedRun();
        RunDirectory ours = join();
        ours.prune(20, Duration.ofDays(2));
        assertThat(left()).containsExactlyInAnyOrder(ours.path(), young.path());
    }

    @Test
    void keepsARunThatIsStillWrittenButNotOneWhoseWriterCrashed() throws IOException {
        RunDirectory live = join();
        FakeSurroundings crashing = new FakeSurroundings(world);
        RunDirectory crashed = RunDirectory.join(evidence, null, crashing);
        crashing.end();
        world.pass(Duration.ofDays(3));
        RunDirectory ours = join();
        ours.prune(0, Duration.ofDays(2));
        assertThat(left()).containsExactlyInAnyOrder(ours.path(), live.path()).doesNotContain(crashed.path());
    }

    @Test
    void touchesNothingThatIsNotARun() throws IOException {
        Path foreign = Files.createDirectories(evidence.resolve("mine/deep")).getParent();
        Files.writeString(Files.createDirectory(evidence.resolve("other")).resolve("run.json"), "{\"run\":1}");
        Path elsewhere = Files.createDirectory(evidence.resolve("elsewhere"));
        RunDirectory pointedTo = RunDirectory.join(elsewhere, null, new FakeSurroundings(world));
        pointedTo.close();
        Path link = Files.createSymbolicLink(evidence.resolve("link"), pointedTo.path());
        world.pass(Duration.ofDays(3));
        RunDirectory ours = join();
        ours.prune(0, Duration.ZERO);
        assertThat(left()).containsExactlyInAnyOrder(ours.path(), foreign, evidence.resolve("other"), elsewhere, link);
        assertThat(pointedTo.path().resolve("run.json")).exists();
    }

    @Test
    void doesNotFollowLinksOutOfARun() throws IOException {
        Path precious = Files.writeString(evidence.resolve("precious.txt"), "here");
        RunDirectory old = join();
        Path bundle = Files.createDirectories(old.path().resolve("a.Test/b/attempt-1"));
        Files.writeString(bundle.resolve("failure.json"), "{}");
        Files.createSymbolicLink(bundle.resolve("link"), precious);
        Files.createSymbolicLink(bundle.resolve("up"), evidence);
        old.close();
        RunDirectory ours = join();
        ours.prune(0, EVER);
        assertThat(left()).containsExactly(ours.path());
        assertThat(precious).hasContent("here");
    }

    @Test
    void finishesWhatAnotherJvmBeganToRemove() throws IOException {
        RunDirectory old = endedRun();
        Files.move(old.path(), evidence.resolve(".old-" + old.name()));
        RunDirectory ours = join();
        ours.prune(20, EVER);
        assertThat(left()).containsExactly(ours.path());
    }

    private RunDirectory join() {
        return RunDirectory.join(evidence, null, new FakeSurroundings(world));
    }

    private RunDirectory endedRun() {
        RunDirectory run = join();
        world.pass(Duration.ofMinutes(1));
        run.close();
        return run;
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> list = Files.list(evidence.toAbsolutePath().normalize())) {
            return list.filter(Files::isDirectory).toList();
        }
    }
}
