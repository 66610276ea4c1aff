package ai.bctrl.local.internal.observe;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes secrets out of what is written to a run's record, and bounds its length. Thread-safe. */
public final class EventRedaction {

    /** The longest text that is kept, in characters; a longer one is cut and ends with {@code …}. */
    public static final int MAX_TEXT = 2_000;

    private static final String HIDDEN = "***";

    /** Longer texts are cut before they are looked at: what is cut off is not written anyway. */
    private static final int MAX_LOOK = MAX_TEXT + 2_000;

    private static final Set<String> SECRET_WORDS = Set.of(
            "token",
            "key",
            "apikey",
            "password",
            "passwd",
            "pwd",
            "passphrase",
            "secret",
            "auth",
            "authorization",
            "session",
            "sessionid",
            "sid",
            "sig",
            "signature",
            "code",
            "otp",
            "pin",
            "jwt",
            "credential",
            "credentials",
            "cookie",
            "assertion",
            "nonce",
            "state",
            "access",
            "bearer");

    /** In prose {@code code: 404} is no secret, as it may be in a URL. */
    private static final Set<String> SECRET_IN_TEXT = Set.of(
            "token",
            "apikey",
            "password",
            "passwd",
            "pwd",
            "passphrase",
            "secret",
            "authorization",
            "signature",
            "sessionid",
            "credential",
            "credentials",
            "cookie",
            "jwt",
            "otp");

    private static final Pattern WORD_BREAK = Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern USER_INFO = Pattern.compile("(?<=//)[^/?#\\s@]*@");
    private static final Pattern PARAMETER = Pattern.compile("([?&#;]|^)([^=?&#;\\s]{1,100})=([^&#;\\s]*)");
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\\s\"'<>]+");
    private static final Pattern SCHEME =
            Pattern.compile("(?i)\\b(Bearer|Basic|Digest|Token)\\s+[A-Za-z0-9._~+/=-]{8,}");
    private static final Pattern JWT = Pattern.compile("\\beyJ[A-Za-z0-9_-]{5,}\\.[A-Za-z0-9_-]{5,}\\.?[A-Za-z0-9_-]*");
    private static final Pattern NAMED = Pattern.compile(
            "([A-Za-z][A-Za-z0-9_.-]{0,60})([\"']?\\s{0,3}[=:]\\s{0,3})(\"[^\"]*\"?|'[^']*'?|[^\\s,;&\"'{}()]+)");

    private EventRedaction() {}

    /** {@return the URL without user and password, and without the values of secret parameters; bounded} */
    public static String url(String url) {
        if (url.startsWith("data:")) {
            return cut(url, 100);
        }
        return cut(address(head(url)), MAX_TEXT);
    }

    /** {@return the text without what looks like a secret; bounded} */
    public static String text(String text) {
        return cut(wholeText(head(text)), MAX_TEXT);
    }

    /** {@return the text without what looks like a secret, however long it is} */
    public static String wholeText(String text) {
        String safe = ADDRESS.matcher(text).replaceAll(found -> Matcher.quoteReplacement(address(found.group())));
        safe = SCHEME.matcher(safe).replaceAll(found -> Matcher.quoteReplacement(found.group(1) + " " + HIDDEN));
        safe = JWT.matcher(safe).replaceAll(HIDDEN);
        safe = NAMED.matcher(safe)
                .replaceAll(found -> Matcher.quoteReplacement(
                        isSecret(found.group(1), SECRET_IN_TEXT)
                                        && !found.group(3).startsWith("//")
                                ? found.group(1) + found.group(2) + hidden(found.group(3))
                                : found.group()));
        return safe;
    }

    private static String hidden(String value) {
        return value.startsWith("\"") ? "\"***\"" : value.startsWith("'") ? "'***'" : HIDDEN;
    }

    private static String address(String url) {
        String safe = USER_INFO.matcher(url).replaceFirst(HIDDEN + "@");
        int tail = firstOf(safe, '?', '#', ';');
        if (tail < 0) {
            return safe;
        }
        return safe.substring(0, tail)
                + PARAMETER
                        .matcher(safe.substring(tail))
                        .replaceAll(found -> Matcher.quoteReplacement(
                                isSecret(found.group(2), SECRET_WORDS)
                                                && !found.group(3).isEmpty()
                                        ? found.group(1) + found.group(2) + "=" + HIDDEN
                                        : found.group()));
    }

    private static int firstOf(String text, char... wanted) {
        for (int i = 0; i < text.length(); i++) {
            for (char c : wanted) {
                if (text.charAt(i) == c) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static boolean isSecret(String name, Set<String> words) {
        for (String word : WORD_BREAK.split(name, -1)) {
            if (words.contains(word.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        String flat = name.toLowerCase(Locale.ROOT);
        return flat.endsWith("token")
                || flat.endsWith("password")
                || flat.endsWith("secret")
                || flat.matches(".*(api|access|private|secret)[_.-]?key");
    }

    private static String head(String text) {
        return text.length() > MAX_LOOK ? text.substring(0, MAX_LOOK) : text;
    }

    /** {@return at most so many characters; the last one is {@code …} where some are missing} */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 1;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }
}
