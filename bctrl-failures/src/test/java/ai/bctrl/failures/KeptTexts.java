package ai.bctrl.failures;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** All that can be read in the files of a directory, unpacked and decoded again and again until nothing new turns up. */
final class KeptTexts {
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{12,}+");
    private static final List<Pattern> CODES = List.of(
            Pattern.compile("=([0-9A-F]{2})"),
            Pattern.compile("%([0-9a-fA-F]{2})"),
            Pattern.compile("\\\\u([0-9a-fA-F]{4})"));

    private final StringBuilder all = new StringBuilder();
    private final Set<String> seen = new HashSet<>();
    private final Deque<byte[]> left = new ArrayDeque<>();

    private KeptTexts() {}

    /** {@return what can be read, by the path of the file} */
    static Map<String, String> below(Path root) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(root.relativize(file).toString(), of(Files.readAllBytes(file)));
            }
        }
        return texts;
    }

    private static String of(byte[] content) throws IOException {
        KeptTexts texts = new KeptTexts();
        texts.left.add(content);
        while (!texts.left.isEmpty()) {
            texts.read(texts.left.remove());
        }
        return texts.all.toString();
    }

    private void read(byte[] content) throws IOException {
        if (startsWith(content, 'P', 'K', 3, 4)) {
            try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    all.append(entry.getName()).append('\n');
                    left.add(zip.readAllBytes());
                }
            }
        } else if (startsWith(content, 0x1f, 0x8b, 8)) {
            left.add(new GZIPInputStream(new ByteArrayInputStream(content)).readAllBytes());
        } else {
            readText(new String(content, StandardCharsets.ISO_8859_1));
        }
    }

    private void readText(String text) {
        if (!seen.add(text)) {
            return;
        }
        all.append(text).append('\n');
        // What is no text has no encodings of its own.
        if (text.indexOf('\0') >= 0 || text.startsWith("\u00ff\u00d8")) {
            return;
        }
        String decoded = text.replaceAll("=\r?\n", "");
        for (Pattern code : CODES) {
            decoded = code.matcher(decoded).replaceAll(KeptTexts::character);
        }
        left.add(decoded.getBytes(StandardCharsets.ISO_8859_1));
        Matcher base64 = BASE64.matcher(text.replaceAll("(?<=[A-Za-z0-9+/]{60})\r?\n", ""));
        while (base64.find()) {
            String run = base64.group();
            for (int from = 0; from < 4; from++) {
                int length = run.length() - from;
                byte[] bytes =
                        Base64.getDecoder().decode(run.substring(from, from + length - (length % 4 == 1 ? 1 : 0)));
                if (from == 0 && startsWith(bytes, 0x1f, 0x8b, 8)) {
                    left.add(bytes);
                }
                all.append(new String(bytes, StandardCharsets.ISO_8859_1)).append('\n');
            }
        }
    }

    private static String character(MatchResult escape) {
        return Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16)));
    }

    private static boolean startsWith(byte[] content, int... bytes) {
        if (content.length < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((content[i] & 0xff) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
