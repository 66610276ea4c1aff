package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.local.internal.service.Restore;
import ai.bctrl.local.internal.store.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Zip files that nobody's backup made. */
class RestoreTricksTest {
    private static final String END = "backup.json";

    @TempDir
    Path directory;

    private Path zip(String name, String content) throws IOException {
        Path zip = directory.resolve("trick.zip");
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(out)) {
            for (String entry : new String[] {name, END}) {
                entries.putNextEntry(new ZipEntry(entry));
                String text = entry.equals(END) ? "{\"format\":1,\"entries\":1}" : content;
                entries.write(text.getBytes(StandardCharsets.UTF_8));
                entries.closeEntry();
            }
        }
        return zip;
    }

    private void assertRefused(Path zip, String message) throws IOException {
        Path data = directory.resolve("below/data");
        assertThatThrownBy(() -> Restore.restore(zip, data))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
        try (Stream<Path> left = Files.walk(directory)) {
            assertThat(left.filter(Files::isRegularFile)).containsExactly(zip);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "files/../../evil",
                "files/../bctrl.mv.db",
                "/etc/evil",
                "files/./evil",
                "files//evil",
                "files/space/",
                "files\\..\\..\\evil",
                "C:\\evil",
                "files/a\nb",
                "serving.json",
                "lock",
                "bctrl.mv.db/evil"
            })
    void refusesNamesThatLeadElsewhere(String name) throws IOException {
        assertRefused(zip(name, "x"), "it holds ");
    }

    /** Says in its directory that its first file has another size. */
    private static void claim(Path zip, int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(zip)).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < bytes.limit() - 4; at++) {
            if (bytes.getInt(at) == 0x02014b50) {
                bytes.putInt(at + 24, size);
                break;
            }
        }
        Files.write(zip, bytes.array());
    }

    @Test
    void refusesMoreBytesThanThereIsRoomFor() throws IOException {
        Path zip = directory.resolve("trick.zip");
        int files = 0;
        long room = Files.getFileStore(directory).getUsableSpace();
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(out)) {
            for (long claimed = 0; claimed <= room; claimed += Integer.MAX_VALUE) {
                entries.putNextEntry(new ZipEntry("files/space/" + files++));
                entries.closeEntry();
            }
            entries.putNextEntry(new ZipEntry(END));
            entries.write("{\"entries\":1}".getBytes(StandardCharsets.UTF_8));
            entries.closeEntry();
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(zip)).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < bytes.limit() - 4; at++) {
            if (bytes.getInt(at) == 0x02014b50) {
                bytes.putInt(at + 24, Integer.MAX_VALUE);
            }
        }
        Files.write(zip, bytes.array());
        assertRefused(zip, "has more bytes in it than there is room for");
    }

    @Test
    void refusesAFileThatIsLongerThanItSays() throws IOException {
        Path zip = zip("files/space/bomb", "0".repeat(1 << 20));
        claim(zip, 10);
        assertRefused(zip, "is no whole copy");
    }

    @Test
    void refusesWhatIsNoZipFile() throws IOException {
        Path zip = Files.writeString(directory.resolve("trick.zip"), "PK but no more");
        assertRefused(zip, "is no whole copy");
    }
}
