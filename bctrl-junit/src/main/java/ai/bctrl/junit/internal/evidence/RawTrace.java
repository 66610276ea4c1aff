package ai.bctrl.junit.internal.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The files of a trace that was never finished, because the browser died. Immutable.
 *
 * @param events the events
 * @param network the requests; may not exist
 * @param resources the directory of the resources; may not exist
 */
record RawTrace(Path events, Path network, Path resources) {

    /** Packs it as the driver would have done. */
    void pack(Path zip) throws IOException {
        try (OutputStream file = Files.newOutputStream(zip);
                ZipOutputStream out = new ZipOutputStream(file)) {
            add(out, "trace.trace", events);
            if (Files.exists(network)) {
                add(out, "trace.network", network);
            }
            if (Files.isDirectory(resources)) {
                List<Path> all;
                try (Stream<Path> list = Files.list(resources)) {
                    all = list.filter(Files::isRegularFile).toList();
                }
                for (Path resource : all) {
                    add(out, "resources/" + resource.getFileName(), resource);
                }
            }
        }
    }

    private static void add(ZipOutputStream out, String name, Path file) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        Files.copy(file, out);
        out.closeEntry();
    }
}
