package ai.bctrl.local.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
    private static final long MB = 1L << 20;

    @TempDir
    Path root;

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Machine.Reading read() {
        return new Machine(root, 2).read();
    }

    private void host() throws IOException {
        file("proc/meminfo", "MemTotal:       8192000 kB\nMemFree: 1 kB\nMemAvailable:   4096000 kB\n");
        file("proc/loadavg", "3.00 2.00 1.00 2/300 99\n");
        file("proc/pressure/cpu", "some avg10=12.50 avg60=1.00 avg300=0.10 total=1\nfull avg10=0.00\n");
    }

    @Test
    void readsTheHost() throws IOException {
        host();
        assertThat(read()).isEqualTo(new Machine.Reading(4096000L << 10, 8192000L << 10, 12.5, 1.5));
    }

    @Test
    void readsTheLimitsOfControlGroupsOfVersion2AndOfTheirParents() throws IOException {
        host();
        file("proc/self/cgroup", "0::/ci/job\n");
        file("sys/fs/cgroup/ci/memory.max", "" + 1024 * MB);
        file("sys/fs/cgroup/ci/memory.current", "" + 900 * MB);
        file("sys/fs/cgroup/ci/memory.stat", "anon 1\ninactive_file " + 100 * MB + "\n");
        file("sys/fs/cgroup/ci/job/memory.max", "max\n");
        file("sys/fs/cgroup/ci/job/memory.current", "" + 800 * MB);
        file("sys/fs/cgroup/ci/job/cpu.pressure", "some avg10=66.00 avg60=0 avg300=0 total=0\n");
        assertThat(read()).isEqualTo(new Machine.Reading(224 * MB, 1024 * MB, 66, 1.5));
    }

    @Test
    void readsTheLimitsOfControlGroupsOfVersion1AlsoWhereOnlyTheTopIsSeen() throws IOException {
        host();
        file("proc/self/cgroup", "9:name=systemd:/\n4:cpu,memory:/docker/abc\n0::/\n");
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", "" + 512 * MB);
        file("sys/fs/cgroup/memory/memory.usage_in_bytes", "" + 500 * MB);
        file("sys/fs/cgroup/memory/memory.stat", "cache 5\ntotal_inactive_file " + 88 * MB + "\n");
        assertThat(read().memory()).isEqualTo(100 * MB);
        assertThat(read().memoryLimit()).isEqualTo(512 * MB);
    }

    @Test
    void takesAnEnormousLimitForNone() throws IOException {
        host();
        file("proc/self/cgroup", "4:memory:/\n");
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
        file("sys/fs/cgroup/memory/memory.usage_in_bytes", "" + 500 * MB);
        assertThat(read().memory()).isEqualTo(4096000L << 10);
    }

    @Test
    void knowsNothingOfAForeignSystem() {
        assertThat(read()).isEqualTo(new Machine.Reading(-1, -1, -1, -1));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void readsThisMachine() {
        Machine.Reading here = new Machine().read();
        assertThat(here.memory()).isPositive().isLessThanOrEqualTo(here.memoryLimit());
        assertThat(here.loadPerCpu()).isNotNegative();
    }
}
