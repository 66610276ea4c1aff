package ai.bctrl.junit.internal.redaction;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The encoding in which MIME keeps text readable. */
final class QuotedPrintable {
    private static final int LONGEST_LINE = 76;
    private static final String HEX = "0123456789ABCDEF";

    private QuotedPrintable() {}

    static byte[] decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '=') {
                bytes.write(c);
                at++;
            } else if (text.startsWith("\r\n", at + 1)) {
                at += 3;
            } else if (text.startsWith("\n", at + 1)) {
                at += 2;
            } else if (at + 2 < text.length() && isHex(text.charAt(at + 1)) && isHex(text.charAt(at + 2))) {
                bytes.write(Character.digit(text.charAt(at + 1), 16) << 4 | Character.digit(text.charAt(at + 2), 16));
                at += 3;
            } else {
                bytes.write(c);
                at++;
            }
        }
        return bytes.toByteArray();
    }

    /** {@return lines of at most 76 characters, that end in CR LF} */
    static String encode(byte[] content) {
        StringBuilder text = new StringBuilder(content.length + content.length / 8);
        int column = 0;
        for (int i = 0; i < content.length; i++) {
            int c = content[i] & 0xFF;
            if (c == '\n' || (c == '\r' && i + 1 < content.length && content[i + 1] == '\n')) {
                text.append("\r\n");
                i += c == '\r' ? 1 : 0;
                column = 0;
                continue;
            }
            boolean lastOfLine = i + 1 == content.length || content[i + 1] == '\n' || content[i + 1] == '\r';
            boolean plain = (c > ' ' && c < 127 && c != '=') || ((c == ' ' || c == '\t') && !lastOfLine);
            if (column + (plain ? 1 : 3) > LONGEST_LINE - 1) {
                text.append("=\r\n");
                column = 0;
            }
            if (plain) {
                text.append((char) c);
                column++;
            } else {
                text.append('=').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
                column += 3;
            }
        }
        return text.toString();
    }

    /** {@return the text of a header, with its encoded words as text} */
    static String decodeWords(String header) {
        StringBuilder decoded = new StringBuilder(header.length());
        int at = 0;
        while (at < header.length()) {
            int start = header.indexOf("=?utf-8?Q?", at);
            int end = start < 0 ? -1 : header.indexOf("?=", start + 10);
            if (end < 0) {
                return decoded.append(header, at, header.length()).toString();
            }
            String between = header.substring(at, start);
            // White space between two encoded words does not count.
            decoded.append(at > 0 && between.isBlank() ? "" : between);
            String word = header.substring(start + 10, end).replace('_', ' ');
            decoded.append(new String(decode(word), StandardCharsets.UTF_8));
            at = end + 2;
        }
        return decoded.toString();
    }

    private static boolean isHex(char c) {
        return Character.digit(c, 16) >= 0;
    }
}
