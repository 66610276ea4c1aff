package ai.bctrl.local.internal.http;

import ai.bctrl.internal.json.Json;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Tells those who can read a data directory where its control plane listens, {@code serving.json}, with a token that opens the
 * backup and nothing else. Thread-safe. Whoever wrote it closes it.
 *
 * @param path the file
 * @param url where it listens
 * @param token hidden from {@link #toString}
 */
public record ServingFile(Path path, String url, String token) implements AutoCloseable {

    private static final String NAME = "serving.json";

    /** {@return a token that nobody can guess} */
    public static String newToken() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Writes the file; only its owner can read it. */
    public static ServingFile write(Path data, String url, String token) throws IOException {
        JsonObject content = new JsonObject();
        content.addProperty("url", url);
        content.addProperty("token", token);
        content.addProperty("pid", ProcessHandle.current().pid());
        Path part = data.resolve(NAME + ".part");
        Files.deleteIfExists(part);
        FileAttribute<?>[] ownerOnly =
                data.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        Files.createFile(part, ownerOnly);
        Files.write(part, Json.write(content).getBytes(StandardCharsets.UTF_8));
        Path file = data.resolve(NAME);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new ServingFile(file, url, token);
    }

    /**
     * Reads the file of a directory in use.
     *
     * @throws IOException if there is none
     */
    public static ServingFile read(Path data) throws IOException {
        Path file = data.resolve(NAME);
        JsonObject content = Json.parseObject(Files.readString(file));
        return new ServingFile(
                file, content.get("url").getAsString(), content.get("token").getAsString());
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public String toString() {
        return "ServingFile[url=" + url + "]";
    }
}
