package ai.bctrl.junit.internal.redaction;

import java.util.Locale;
import java.util.Set;

/**
 * Finds the values of secret names in free text: {@code name=value}, {@code name: value}, {@code "name":"value"}. Reads
 * a text once; a name has at most {@value #LONGEST_NAME} characters. Immutable.
 */
final class NamedValues {
    private static final int LONGEST_NAME = 128;
    private static final int MOST_SPACES = 8;
    private static final String OPENERS = "<>{}[]()|,;&=:\r\n";
    private static final String CLOSERS = ",;)]}";
    private static final Set<String> NO_SECRET = Set.of("true", "false", "null", "undefined", "none");
    private static final Set<String> SCHEMES = Set.of("bearer", "basic", "digest", "token", "negotiate");
    private static final int SHORTEST_LITERAL = 6;
    private static final Set<String> KEYWORDS = Set.of("typeof", "case", "return", "in", "await", "void", "new");
    private static final Set<String> LINES =
            Set.of("authorization", "proxy-authorization", "cookie", "set-cookie", "www-authenticate");

    private final SecretNames names;

    NamedValues(SecretNames names) {
        this.names = names;
    }

    void find(DecodedText view, CodeRanges code, Spans spans) {
        String text = view.text();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '=' || c == ':' || (c == ',' && endsArgument(text, at))) {
                at = Math.max(at + 1, hideValue(view, at, code, spans));
            } else {
                at++;
            }
        }
    }

    /** {@return where to go on} */
    private int hideValue(DecodedText view, int separator, CodeRanges code, Spans spans) {
        String text = view.text();
        String name = secretName(text, separator);
        int start = separator + 1;
        if (name.isEmpty() || text.startsWith(":", start) || text.startsWith("//", start)) {
            return start;
        }
        while (start < text.length() && (text.charAt(start) == '=' || text.charAt(start) == '>')) {
            start++;
        }
        boolean adjacent = start == separator + 1 && text.charAt(separator) != ',';
        int spaces = 0;
        while (start < text.length() && spaces < MOST_SPACES && isBlank(text.charAt(start))) {
            start++;
            spaces++;
        }
        int quote = start;
        while (quote < text.length() && text.charAt(quote) == '\\') {
            quote++;
        }
        boolean line = LINES.contains(name);
        int end;
        if (quote < text.length() && isQuote(text.charAt(quote))) {
            if (adjacent && spaces == 0 && endsLiteral(text, quote + 1)) {
                return quote + 1;
            }
            int backslashes = quote - start;
            start = quote + 1;
            end = endOfQuoted(text, quote, backslashes);
        } else if (text.charAt(separator) == ',') {
            return start;
        } else if (code.contains(view.offset(separator))) {
            end = endOfCodeWord(text, start);
            if (!isInLiteral(text, start, end, spaces > 0)) {
                return start;
            }
        } else {
            end = line && text.charAt(separator) == ':' ? endOfLine(text, start) : endOfBare(text, start, separator);
        }
        if (end > start && !NO_SECRET.contains(text.substring(start, Math.min(end, start + 10)))) {
            spans.add(view, start, end);
        }
        return end;
    }

    /** {@return the name before the separator, in lower case, or nothing if it is not secret} */
    private String secretName(String text, int separator) {
        int end = separator;
        int skipped = 0;
        while (end > 0 && skipped < MOST_SPACES && isAfterName(text.charAt(end - 1))) {
            end--;
            skipped++;
        }
        int start = startOfName(text, end);
        if (start == end) {
            return "";
        }
        String name = text.substring(start, end);
        if (names.matches(name)) {
            return name.toLowerCase(Locale.ROOT);
        }
        if (start > 1 && text.charAt(start - 1) == ' ') {
            String longer = text.substring(startOfName(text, start - 1), end);
            return names.endsSecret(longer) ? longer.toLowerCase(Locale.ROOT) : "";
        }
        return "";
    }

    private static int startOfName(String text, int end) {
        int start = end;
        while (start > 0 && end - start <= LONGEST_NAME && isName(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static boolean isName(char c) {
        return c == '_' || c == '-' || c == '.' || c == '$' || Character.isLetterOrDigit(c);
    }

    private static boolean isAfterName(char c) {
        return isBlank(c) || isQuote(c) || c == '\\' || c == ']';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '`';
    }

    /** {@return if the comma follows the first of several arguments, as in {@code setItem("token", "x")}} */
    private static boolean endsArgument(String text, int comma) {
        int end = comma;
        while (end > 0 && comma - end < MOST_SPACES && isAfterName(text.charAt(end - 1))) {
            end--;
        }
        if (end == comma || isBlank(text.charAt(end))) {
            return false;
        }
        int start = startOfName(text, end);
        while (start > 0 && (isQuote(text.charAt(start - 1)) || text.charAt(start - 1) == '\\')) {
            start--;
        }
        return start > 0 && start < end && text.charAt(start - 1) == '(';
    }

    /** {@return if the quote before ends a text, as in {@code label("Password:").fill("x")}, rather than opens a value} */
    private static boolean endsLiteral(String text, int afterQuote) {
        return afterQuote >= text.length() || "),. ;]}\r\n".indexOf(text.charAt(afterQuote)) >= 0;
    }

    private static int endOfQuoted(String text, int quote, int backslashes) {
        char q = text.charAt(quote);
        int run = 0;
        for (int i = quote + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                run++;
                continue;
            }
            if (c == q && (backslashes == 0 ? run % 2 == 0 : run <= backslashes)) {
                return backslashes == 0 ? i : i - run;
            }
            if (c == '\n' && q != '`') {
                return i;
            }
            run = 0;
        }
        return text.length();
    }

    private static int endOfLine(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private static int endOfCodeWord(String text, int start) {
        int end = start;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end)) || "._~+/%@$#*^-".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return end;
    }

    /** {@return if a word in program text belongs to a text in quotes: nothing else has a quote right after it} */
    private static boolean isInLiteral(String text, int start, int end, boolean spaced) {
        if (end >= text.length() || end == start) {
            return false;
        }
        char after = text.charAt(end);
        String word = text.substring(start, end);
        if (after == '"' || after == '\'') {
            return !KEYWORDS.contains(word);
        }
        return !spaced
                && (after == '&' || after == '\\' || after == '<' || after == ' ')
                && word.length() >= SHORTEST_LITERAL
                && word.chars().anyMatch(Character::isDigit);
    }

    private static int endOfBare(String text, int start, int separator) {
        int end = endOfWord(text, start, separator);
        if (end > start && SCHEMES.contains(text.substring(start, end).toLowerCase(Locale.ROOT))) {
            int next = end;
            while (next < text.length() && next - end < MOST_SPACES && isBlank(text.charAt(next))) {
                next++;
            }
            int more = endOfWord(text, next, separator);
            return more > next ? more : end;
        }
        return end;
    }

    private static int endOfWord(String text, int start, int separator) {
        int end = start;
        if (text.startsWith(Redaction.REPLACEMENT, start)) {
            return start + Redaction.REPLACEMENT.length();
        }
        if (start < text.length() && OPENERS.indexOf(text.charAt(start)) >= 0) {
            return start;
        }
        boolean parameter = text.charAt(separator) == '=';
        while (end < text.length()) {
            char c = text.charAt(end);
            if (Character.isWhitespace(c) || isQuote(c) || c == '<' || c == '>' || (c == '&' && parameter)) {
                return end;
            }
            if (CLOSERS.indexOf(c) >= 0 && closes(text, end + 1)) {
                return end;
            }
            end++;
        }
        return end;
    }

    /** A password may hold a comma; one at the end of a word is more likely not a part of it. */
    private static boolean closes(String text, int after) {
        if (after >= text.length()) {
            return true;
        }
        char c = text.charAt(after);
        return Character.isWhitespace(c) || isQuote(c) || CLOSERS.indexOf(c) >= 0 || c == '<' || c == '&' || c == '\\';
    }
}
