package ai.bctrl.local.internal.shared;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads of a command, which is a JSON object, the fields {@code id}, {@code method} and {@code sessionId}, as its bytes come
 * by, and keeps nothing else. It is strict where the browser's own parser is not: what the two could read in different
 * ways, such as a field that is there twice, an escape in a name or a comment, makes the command malformed. Not
 * thread-safe; use from one thread.
 */
final class CommandScanner {

    private static final int MAX_TOKEN = 128;

    /** Ids from here on are our own. */
    static final long OWN_IDS = 2_000_000_000L;

    private enum Field {
        ID,
        METHOD,
        SESSION,
        OTHER
    }

    private enum Place {
        START,
        NAME,
        COLON,
        VALUE,
        AFTER_VALUE,
        END
    }

    private final byte[] token = new byte[MAX_TOKEN];
    private int tokenLength;
    private Place place = Place.START;
    private Field field = Field.OTHER;
    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean inNumber;
    private boolean malformed;
    private int seen;
    private long id;
    private @Nullable String method;
    private @Nullable String session;

    /** Begins anew. */
    void reset() {
        place = Place.START;
        depth = 0;
        inString = false;
        escaped = false;
        inNumber = false;
        malformed = false;
        seen = 0;
        id = 0;
        method = null;
        session = null;
        tokenLength = 0;
    }

    /** Reads on. */
    void read(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && !malformed) {
            if (inString) {
                at = string(bytes, at, to);
            } else if (depth > 1) {
                at = nested(bytes, at, to);
            } else {
                top(bytes[at++]);
            }
        }
    }

    private int string(byte[] bytes, int from, int to) {
        int at = from;
        boolean wanted = depth == 1 && (place == Place.NAME || field != Field.OTHER);
        while (at < to) {
            byte b = bytes[at++];
            if (escaped) {
                escaped = false;
            } else if (b == '\\') {
                escaped = true;
                malformed |= wanted;
            } else if (b == '"') {
                inString = false;
                if (depth == 1) {
                    stringEnded();
                }
                return at;
            } else if (wanted) {
                append(b);
            }
        }
        return at;
    }

    private int nested(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            switch (bytes[at++]) {
                case '"' -> {
                    inString = true;
                    return at;
                }
                case '{', '[' -> depth++;
                case '}', ']' -> {
                    if (--depth == 1) {
                        place = Place.AFTER_VALUE;
                        return at;
                    }
                }
                case '/' -> {
                    malformed = true;
                    return at;
                }
                default -> {}
            }
        }
        return at;
    }

    private void top(byte b) {
        if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
            endNumber();
            return;
        }
        switch (b) {
            case '{' -> open(place == Place.START);
            case '[' -> open(false);
            case '}' -> {
                endNumber();
                expect(place == Place.AFTER_VALUE && depth == 1);
                depth = 0;
                place = Place.END;
            }
            case '"' -> {
                expect(place == Place.NAME || place == Place.VALUE);
                expect(place == Place.NAME || field != Field.ID);
                inString = true;
                tokenLength = 0;
            }
            case ':' -> {
                expect(place == Place.COLON);
                place = Place.VALUE;
            }
            case ',' -> {
                endNumber();
                expect(place == Place.AFTER_VALUE);
                place = Place.NAME;
            }
            default -> bare(b);
        }
    }

    private void open(boolean outermost) {
        expect(outermost || (place == Place.VALUE && field == Field.OTHER));
        depth++;
        place = outermost ? Place.NAME : Place.VALUE;
    }

    /** A number, true, false or null. */
    private void bare(byte b) {
        boolean part = (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || b == '-' || b == '+' || b == '.' || b == 'E';
        expect(part && (inNumber || place == Place.VALUE));
        expect(field != Field.METHOD && field != Field.SESSION);
        if (!inNumber) {
            inNumber = true;
            tokenLength = 0;
            place = Place.AFTER_VALUE;
        }
        append(b);
    }

    private void endNumber() {
        if (!inNumber) {
            return;
        }
        inNumber = false;
        if (field == Field.ID) {
            try {
                id = Long.parseLong(text());
            } catch (NumberFormatException e) {
                malformed = true;
            }
            expect(id < OWN_IDS && id >= Integer.MIN_VALUE);
        }
    }

    private void stringEnded() {
        if (place == Place.NAME) {
            field = switch (text()) {
                case "id" -> once(Field.ID, 1);
                case "method" -> once(Field.METHOD, 2);
                case "sessionId" -> once(Field.SESSION, 4);
                case "params" -> once(Field.OTHER, 8);
                default -> Field.OTHER;
            };
            place = Place.COLON;
            return;
        }
        place = Place.AFTER_VALUE;
        if (field == Field.METHOD) {
            method = text();
        } else if (field == Field.SESSION && tokenLength > 0) {
            // The browser takes an empty one for none.
            session = text();
        }
    }

    private Field once(Field which, int bit) {
        expect((seen & bit) == 0);
        seen |= bit;
        return which;
    }

    private void append(byte b) {
        if (tokenLength == MAX_TOKEN) {
            // No name and no value that matters is that long.
            malformed = true;
        } else {
            token[tokenLength++] = b;
        }
    }

    private String text() {
        return new String(token, 0, tokenLength, StandardCharsets.ISO_8859_1);
    }

    private void expect(boolean right) {
        malformed |= !right;
    }

    /** Whether the bytes are no command, whatever may follow. */
    boolean isMalformed() {
        return malformed;
    }

    /** Whether the bytes are one whole command. */
    boolean isWhole() {
        return !malformed && place == Place.END && (seen & 3) == 3;
    }

    /** The command's id; 0 before it was read. */
    long id() {
        return id;
    }

    /** The command's name; null before it was read. */
    @Nullable
    String method() {
        return method;
    }

    /** The session it is for; null for the browser itself, or before it was read. */
    @Nullable
    String session() {
        return session;
    }
}
