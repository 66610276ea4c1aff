package ai.bctrl.local.internal.service;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names and paths that others chose, made or proved harmless. */
final class FileNames {

    private static final int MAX_NAME = 255;
    private static final int MAX_PATH = 4096;
    // What no name may have on Windows, too: files are staged under these names.
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\p{Cf}/\\\\:*?\"<>|]");
    // Nothing in it fits in two ways, and no step is taken back: it takes no time for texts made to take time.
    private static final Pattern MEDIA_TYPE = Pattern.compile("[A-Za-z0-9!#$&^_.+-]++/[A-Za-z0-9!#$&^_.+-]++"
            + "(?: *+;[\\p{Print}&&[^\";]]++(?:\"[\\p{Print}&&[^\"]]*+\")?+)*+");

    private FileNames() {}

    /** A name that is a plain file name on every system, at most 255 bytes of UTF-8. */
    static String safe(@Nullable String name) {
        String plain = name == null ? "" : UNSAFE.matcher(name).replaceAll("_").strip();
        if (plain.isEmpty() || plain.chars().allMatch(c -> c == '.')) {
            return "file";
        }
        while (plain.getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
            // The end tells what a file is.
            int dot = plain.lastIndexOf('.');
            String end = dot > 0 && plain.length() - dot <= 20 ? plain.substring(dot) : "";
            String begin = plain.substring(0, plain.length() - end.length());
            plain = begin.substring(0, begin.offsetByCodePoints(begin.length(), -1)) + end;
        }
        return plain;
    }

    /** The last part of a path of whatever system. */
    static String last(String path) {
        int cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
        return path.substring(cut + 1);
    }

    /** The path, which must be relative and lead nowhere else; 400 otherwise. */
    static String requireRelative(String field, String path) {
        boolean fits = !path.isEmpty() && path.length() <= MAX_PATH && path.indexOf('\\') < 0;
        for (String part : path.split("/", -1)) {
            fits &= !part.isEmpty() && !part.equals(".") && !part.equals("..");
        }
        if (!fits || path.chars().anyMatch(Character::isISOControl)) {
            throw ApiProblem.invalid(
                    field,
                    field + " must be a relative path of 1 to " + MAX_PATH
                            + " characters with slashes, without empty, '.' or '..' parts.");
        }
        return path;
    }

    /** The name, which must have 1 to 255 characters and no slash; 400 otherwise. */
    static String requireName(String field, String name) {
        if (name.isBlank()
                || name.length() > MAX_NAME
                || name.indexOf('/') >= 0
                || name.chars().anyMatch(Character::isISOControl)) {
            throw ApiProblem.invalid(
                    field, field + " must have 1 to " + MAX_NAME + " characters, not be blank and have no '/'.");
        }
        return name;
    }

    /** The media type, or that of plain bytes where there is none or it is malformed. */
    static String mediaType(@Nullable String type) {
        return type != null
                        && type.length() <= MAX_NAME
                        && MEDIA_TYPE.matcher(type).matches()
                ? type
                : "application/octet-stream";
    }
}
