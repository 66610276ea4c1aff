package ai.bctrl.junit.internal.redaction;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text with its escapes resolved that still knows where each character stood: so what is found in it is found however
 * it was written. Immutable.
 */
final class DecodedText {
    private static final int PERCENT = 1;
    private static final int ENTITY = 2;
    private static final int BACKSLASH = 4;
    private static final int ALL = PERCENT | ENTITY | BACKSLASH;
    private static final String ESCAPED = "\"\\/'bfnrt";
    private static final String UNESCAPED = "\"\\/'\b\f\n\r\t";
    private static final int LONGEST_ENTITY = 10;

    private final String text;
    private final int @Nullable [] offsets;

    private DecodedText(String text, int @Nullable [] offsets) {
        this.text = text;
        this.offsets = offsets;
    }

    String text() {
        return text;
    }

    int offset(int at) {
        return offsets == null ? at : offsets[at];
    }

    /** {@return the text as it is} */
    static DecodedText of(String raw) {
        return new DecodedText(raw, null);
    }

    /** {@return the text with its escapes resolved once more; {@code null} if that does not change it} */
    @Nullable
    DecodedText decoded() {
        return decoded(ALL);
    }

    /** {@return the kinds of escapes in a text that has several: a secret may itself look like another kind} */
    static List<Integer> mixedKinds(String raw) {
        int kinds = kinds(raw);
        List<Integer> mixed = new ArrayList<>(3);
        for (int kind = PERCENT; kind <= BACKSLASH && Integer.bitCount(kinds) > 1; kind <<= 1) {
            if ((kinds & kind) != 0) {
                mixed.add(kind);
            }
        }
        return mixed;
    }

    /** {@return the text of an attribute or element with its character references resolved} */
    static String entities(String raw) {
        DecodedText decoded = new DecodedText(raw, null).decoded(ENTITY);
        return decoded == null ? raw : decoded.text;
    }

    /** {@return a part of a URL or form with its escapes resolved} */
    static String percent(String raw) {
        String spaced = raw.replace('+', ' ');
        DecodedText decoded = new DecodedText(spaced, null).decoded(PERCENT);
        return decoded == null ? spaced : decoded.text;
    }

    private static int kinds(String raw) {
        return (raw.indexOf('%') < 0 ? 0 : PERCENT)
                | (raw.indexOf('&') < 0 ? 0 : ENTITY)
                | (raw.indexOf('\\') < 0 ? 0 : BACKSLASH);
    }

    /** {@return the text with some kinds of escapes resolved; {@code null} if that does not change it} */
    @Nullable
    DecodedText decoded(int kinds) {
        int present = kinds & kinds(text);
        if (present == 0) {
            return null;
        }
        Decoder decoder = new Decoder(text, present);
        decoder.run();
        if (decoder.length == text.length()) {
            return null;
        }
        int[] mapped = decoder.starts;
        mapped[decoder.length] = text.length();
        if (offsets != null) {
            for (int i = 0; i <= decoder.length; i++) {
                mapped[i] = offsets[mapped[i]];
            }
        }
        return new DecodedText(new String(decoder.chars, 0, decoder.length), mapped);
    }

    /** One pass over a text. Each escape is longer than what it stands for. */
    private static final class Decoder {
        private final String text;
        private final int kinds;
        private final char[] chars;
        private final int[] starts;
        private int length;
        private int at;

        Decoder(String text, int kinds) {
            this.text = text;
            this.kinds = kinds;
            this.chars = new char[text.length()];
            this.starts = new int[text.length() + 1];
        }

        void run() {
            while (at < text.length()) {
                char c = text.charAt(at);
                boolean decoded = (c == '%' && (kinds & PERCENT) != 0 && percent())
                        || (c == '&' && (kinds & ENTITY) != 0 && entity())
                        || (c == '\\' && (kinds & BACKSLASH) != 0 && backslash());
                if (!decoded) {
                    put(c, 1);
                }
            }
        }

        private void put(int codePoint, int consumed) {
            if (Character.isBmpCodePoint(codePoint)) {
                starts[length] = at;
                chars[length++] = (char) codePoint;
            } else {
                starts[length] = at;
                chars[length++] = Character.highSurrogate(codePoint);
                starts[length] = at;
                chars[length++] = Character.lowSurrogate(codePoint);
            }
            at += consumed;
        }

        private boolean percent() {
            int first = percentByte(at);
            if (first < 0) {
                return false;
            }
            int more = first >= 0xF0 && first < 0xF8 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
            int codePoint = first & (0x7F >> (more == 0 ? 0 : more + 1));
            for (int i = 1; i <= more; i++) {
                int next = percentByte(at + 3 * i);
                if ((next & 0xC0) != 0x80) {
                    put(first, 3);
                    return true;
                }
                codePoint = (codePoint << 6) | (next & 0x3F);
            }
            put(more == 0 ? first : Math.min(codePoint, Character.MAX_CODE_POINT), 3 * (more + 1));
            return true;
        }

        private int percentByte(int from) {
            return from + 2 < text.length() && text.charAt(from) == '%' ? hex(from + 1, from + 3) : -1;
        }

        private boolean entity() {
            int end = -1;
            for (int i = at + 2; i < text.length() && i <= at + LONGEST_ENTITY && end < 0; i++) {
                end = text.charAt(i) == ';' ? i : -1;
            }
            int codePoint = end < 0 ? -1 : entity(text.substring(at + 1, end), end);
            if (codePoint < 0) {
                return false;
            }
            put(codePoint, end + 1 - at);
            return true;
        }

        private int entity(String name, int end) {
            if (name.charAt(0) == '#') {
                boolean hex = name.length() > 1 && (name.charAt(1) == 'x' || name.charAt(1) == 'X');
                int value = hex ? hex(at + 3, end) : decimal(name);
                return Character.isValidCodePoint(value) ? value : -1;
            }
            return switch (name) {
                case "amp" -> '&';
                case "lt" -> '<';
                case "gt" -> '>';
                case "quot" -> '"';
                case "apos" -> '\'';
                case "nbsp" -> ' ';
                default -> -1;
            };
        }

        private static int decimal(String name) {
            int value = name.length() > 1 ? 0 : -1;
            for (int i = 1; i < name.length(); i++) {
                int digit = Character.digit(name.charAt(i), 10);
                if (digit < 0) {
                    return -1;
                }
                value = value * 10 + digit;
            }
            return value;
        }

        private boolean backslash() {
            if (at + 1 >= text.length()) {
                return false;
            }
            char c = text.charAt(at + 1);
            int digits = c == 'u' ? 4 : c == 'x' ? 2 : 0;
            if (digits > 0) {
                int value = at + 2 + digits <= text.length() ? hex(at + 2, at + 2 + digits) : -1;
                if (value >= 0) {
                    put(value, 2 + digits);
                }
                return value >= 0;
            }
            int known = ESCAPED.indexOf(c);
            if (known >= 0) {
                put(UNESCAPED.charAt(known), 2);
            }
            return known >= 0;
        }

        private int hex(int from, int to) {
            int value = to > from && to - from <= 6 ? 0 : -1;
            for (int i = from; i < to && value >= 0; i++) {
                int digit = Character.digit(text.charAt(i), 16);
                value = digit < 0 ? -1 : value << 4 | digit;
            }
            return value;
        }
    }
}
