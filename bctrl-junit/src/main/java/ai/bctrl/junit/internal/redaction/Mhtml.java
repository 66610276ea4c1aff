package ai.bctrl.junit.internal.redaction;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * Takes secrets out of a page with its resources, as Chromium's {@code Page.captureSnapshot} writes it. Its encoding
 * breaks lines anywhere, so that no secret can be found in the file as it is.
 */
public final class Mhtml {
    private record Draft(StringBuilder text, Redaction redaction) {}

    private Mhtml() {}

    /** Learns the values of secret fields in the pages of the file. */
    public static void learn(byte[] mhtml, Redaction redaction) {
        Multipart file = parse(mhtml);
        for (Multipart.Part part : file.parts()) {
            Section section = Section.of(part);
            if (MediaType.of(section.mediaType).isMarkup()) {
                redaction.learnResponseBody(section.content, section.mediaType);
            }
        }
    }

    /**
     * {@return the file without secrets; a part that is no text and holds one is empty}
     *
     * @param mhtml a file whose parts are in one of the encodings of MIME
     */
    public static byte[] redact(byte[] mhtml, Redaction redaction) {
        Multipart file = parse(mhtml);
        Draft draft = new Draft(new StringBuilder(mhtml.length), redaction);
        for (Multipart.Part part : file.parts()) {
            add(draft, Section.of(part));
        }
        headers(draft, file.rest());
        return draft.text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Multipart parse(byte[] mhtml) {
        String text = new String(mhtml, StandardCharsets.UTF_8);
        int blank = text.indexOf("\r\n\r\n");
        String head = text.substring(0, Math.max(blank, 0));
        int at = head.indexOf("boundary=");
        return Multipart.parse(
                text,
                at < 0
                        ? ""
                        : MediaType.of("multipart/related;" + firstLine(head, at))
                                .boundary());
    }

    private static String firstLine(String text, int from) {
        int end = text.indexOf('\r', from);
        return end < 0 ? text.substring(from) : text.substring(from, end);
    }

    private static void add(Draft draft, Section section) {
        headers(draft, section.before);
        byte[] hidden = draft.redaction.body(section.content, section.mediaType);
        draft.text.append(section.encode(hidden == null ? new byte[0] : hidden));
    }

    /** Writes lines of headers; a line that begins with a blank goes on with the one before. */
    private static void headers(Draft draft, String lines) {
        String unfolded = lines.replace("\r\n ", "\n ").replace("\r\n\t", "\n\t");
        String separator = "";
        for (String line : unfolded.split("\r\n", -1)) {
            draft.text.append(separator).append(header(line, draft.redaction));
            separator = "\r\n";
        }
    }

    private static String header(String line, Redaction redaction) {
        String plain = QuotedPrintable.decodeWords(line.replace("\n ", " ").replace("\n\t", " "));
        int colon = plain.indexOf(':');
        String name = plain.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT);
        boolean url = name.equals("content-location") || name.equals("snapshot-content-location");
        String value = plain.substring(colon + 1);
        String hidden = url ? redaction.url(value) : redaction.text(value);
        if (hidden.equals(value)) {
            return line.replace("\n", "\r\n");
        }
        return plain.substring(0, colon + 1) + encodeHidden(hidden, url);
    }

    /** Headers are ASCII. */
    private static String encodeHidden(String hidden, boolean url) {
        StringBuilder ascii = new StringBuilder();
        for (byte b : hidden.getBytes(StandardCharsets.UTF_8)) {
            if (b >= 0) {
                ascii.append((char) b);
            } else {
                ascii.append(String.format(Locale.ROOT, "%%%02X", b & 0xFF));
            }
        }
        return url ? ascii.toString() : hidden.codePoints().allMatch(c -> c < 128) ? hidden : words(hidden);
    }

    private static String words(String hidden) {
        StringBuilder words = new StringBuilder();
        int at = 0;
        while (at < hidden.length()) {
            int end = hidden.offsetByCodePoints(at, Math.min(15, hidden.codePointCount(at, hidden.length())));
            StringBuilder word = new StringBuilder();
            for (byte b : hidden.substring(at, end).getBytes(StandardCharsets.UTF_8)) {
                word.append(String.format(Locale.ROOT, "=%02X", b & 0xFF));
            }
            words.append(at == 0 ? " " : "\r\n ")
                    .append("=?utf-8?Q?")
                    .append(word)
                    .append("?=");
            at = end;
        }
        return words.toString();
    }

    /** A part of the file, decoded. */
    private static final class Section {
        private final String before;
        private final String mediaType;
        private final String encoding;
        private final byte[] content;

        private Section(String before, String mediaType, String encoding, byte[] content) {
            this.before = before;
            this.mediaType = mediaType;
            this.encoding = encoding;
            this.content = content;
        }

        static Section of(Multipart.Part part) {
            String encoding = part.before()
                    .lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-transfer-encoding:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip().toLowerCase(Locale.ROOT))
                    .reduce("", (first, last) -> last);
            byte[] content = switch (encoding) {
                case "quoted-printable" -> QuotedPrintable.decode(part.body());
                case "base64" -> Base64.getMimeDecoder().decode(part.body());
                default -> part.body().getBytes(StandardCharsets.UTF_8);
            };
            return new Section(part.before(), part.mediaType(), encoding, content);
        }

        String encode(byte[] hidden) {
            return switch (encoding) {
                case "quoted-printable" -> QuotedPrintable.encode(hidden);
                case "base64" -> Base64.getMimeEncoder().encodeToString(hidden);
                default -> new String(hidden, StandardCharsets.UTF_8);
            };
        }
    }
}
