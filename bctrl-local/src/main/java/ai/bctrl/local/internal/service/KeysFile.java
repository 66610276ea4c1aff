package ai.bctrl.local.internal.service;

import ai.bctrl.error.BctrlConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file with the hashes of keys, never the keys: a line for each, {@code full sha256:<64 hex digits> [name]} or {@code read ...};
 * empty lines and lines that begin with {@code #} count for nothing. Immutable.
 *
 * @param path the file
 */
public record KeysFile(Path path) {

    private static final Pattern LINE = Pattern.compile("(full|read)\\s+sha256:([0-9a-f]{64})(?:\\s+\\S.*)?");

    /**
     * One line. Immutable.
     *
     * @param digest SHA-256 of the key, in hexadecimal
     * @param readOnly whether the key may only read
     */
    record Entry(String digest, boolean readOnly) {}

    /** What a file looks like from outside; another one means that it was written. */
    record Stamp(long modified, long size, @Nullable Object identity) {}

    /** {@return a key that nobody can guess: 192 random bits} */
    public static String newKey() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return "bctrl_" + HexFormat.of().formatHex(random);
    }

    /**
     * Adds a key's hash; the file is made where it is missing, for its owner alone, and replaced in one step.
     *
     * @param name a word for people; null for none
     * @throws IOException if it cannot be written
     */
    public void add(String key, boolean readOnly, @Nullable String name) throws IOException {
        List<String> lines = new ArrayList<>();
        if (Files.exists(path)) {
            read();
            lines.addAll(Files.readAllLines(path));
        }
        lines.add((readOnly ? "read" : "full") + " sha256:" + ApiKeys.digest(key) + (name == null ? "" : " " + name));
        Path absolute = path.toAbsolutePath();
        Path part = absolute.resolveSibling(absolute.getFileName() + ".part");
        Files.deleteIfExists(part);
        FileAttribute<?>[] ownerOnly = isPosix(absolute.getParent())
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Files.createFile(part, ownerOnly);
        Files.write(part, lines, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
        Files.move(part, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Reads the file.
     *
     * @throws BctrlConfigurationException if it is missing, malformed or can be written by others; no message quotes a line
     */
    List<Entry> read() {
        try {
            requireOwnerWrites();
            List<Entry> entries = new ArrayList<>();
            int number = 0;
            for (String line : Files.readAllLines(path)) {
                number++;
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                Matcher matcher = LINE.matcher(line.strip());
                if (!matcher.matches()) {
                    throw new BctrlConfigurationException("line " + number + " of the keys file " + path
                            + " must be 'full sha256:HASH NAME' or 'read sha256:HASH NAME'; 'bctrl key --keys-file "
                            + path + "' adds such a line");
                }
                entries.add(new Entry(matcher.group(2), matcher.group(1).equals("read")));
            }
            return entries;
        } catch (NoSuchFileException missing) {
            throw new BctrlConfigurationException(
                    "there is no keys file " + path + "; 'bctrl key --keys-file " + path + "' makes one");
        } catch (IOException unreadable) {
            throw new BctrlConfigurationException("the keys file " + path + " cannot be read: " + unreadable);
        }
    }

    private void requireOwnerWrites() throws IOException {
        if (isPosix(path)) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new BctrlConfigurationException(
                        "others may write the keys file " + path + " and so let themselves in; chmod 600 " + path);
            }
        }
    }

    private static boolean isPosix(@Nullable Path existing) {
        return existing != null && Files.getFileAttributeView(existing, PosixFileAttributeView.class) != null;
    }

    /** {@return how it looks now; null where it is missing} */
    @Nullable
    Stamp stamp() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime().toMillis(), attributes.size(), attributes.fileKey());
        } catch (IOException missing) {
            return null;
        }
    }
}
