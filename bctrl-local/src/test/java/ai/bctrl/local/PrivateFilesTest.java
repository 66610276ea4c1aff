package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Other users of the machine read nothing. */
@DisabledOnOs(OS.WINDOWS)
class PrivateFilesTest {
    @TempDir
    Path directory;

    private static void fill(TestServer server) {
        String runtimes = "/v1/spaces/" + server.api.defaultSpace() + "/runtimes";
        server.api.post(runtimes, "{\"type\":\"browser\",\"profile\":\"shop\"}").expect(200);
        String run = server.api.get("/v1/runs").each("runs", "id").get(0);
        server.api
                .send("POST", "/v1/runs/" + run + "/artifacts?kind=file&name=f", "content", "Content-Type", "a/b")
                .expect(200);
    }

    /** The files below a directory whose bytes another user can get at, through directories that are open to all. */
    private static Stream<Path> readable(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList().stream().flatMap(PrivateFilesTest::reached);
        }
    }

    private static Stream<Path> reached(Path path) {
        try {
            String others = PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
                    .substring(3);
            if (Files.isDirectory(path)) {
                return others.contains("x") ? readable(path) : Stream.of();
            }
            boolean open = others.contains("r") || others.contains("w");
            // An empty file tells nothing.
            return open && Files.size(path) > 0 ? Stream.of(path) : Stream.of();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Test
    void makesADataDirectoryForItsOwnerAlone() throws IOException {
        Path data = directory.resolve("new");
        try (TestServer server = TestServer.start(options -> options.dataDirectory(data))) {
            fill(server);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void keepsItsFilesPrivateInADirectoryThatIsOpenToAll() throws IOException {
        Path data = Files.createDirectory(directory.resolve("open"));
        for (int start = 0; start < 2; start++) {
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
            try (TestServer server = TestServer.start(options -> options.dataDirectory(data))) {
                fill(server);
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("serving.json"))))
                        .isEqualTo("rw-------");
                assertThat(readable(data)).isEmpty();
            }
            assertThat(readable(data)).isEmpty();
            // What an earlier version left open is closed at the next start.
            Files.setPosixFilePermissions(data.resolve("bctrl.mv.db"), PosixFilePermissions.fromString("rw-r--r--"));
            Files.setPosixFilePermissions(data.resolve("profiles"), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
