package ai.bctrl.junit.internal.redaction;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Says which names are those of secrets, by the words that they are made of. Immutable. */
final class SecretNames {
    private static final int LONGEST_NAME = 128;

    /** Secret as the whole name only: too common as a part of others. */
    private static final Set<String> WHOLE = Set.of("auth", "cookie", "set cookie", "cookie 2", "set cookie 2", "pin");

    /** Secret as the last word. */
    private static final Set<String> LAST = Set.of("session", "sess", "sid", "pass", "sig");

    /** A name that ends so speaks about a secret, but is none. */
    private static final Set<String> ABOUT = Set.of(
            ("type types count counts url uri endpoint expires expiry expiration expired expire in at name names length"
                            + " policy consent enabled disabled strength required visible visibility valid invalid"
                            + " error errors hint label placeholder help message title description usage limit index"
                            + " issuer algorithm alg ttl age path domain banner notice preferences settings provider"
                            + " format style class color icon page link button form rules requirements changed"
                            + " location status exists scheme params header headers version used remaining")
                    .split(" "));

    /** A name that begins so asks about a secret, or does something with it. */
    private static final Set<String> ASKS = Set.of(
            "forgot", "forgotten", "lost", "show", "hide", "has", "is", "no", "max", "min", "toggle", "requires");

    private final Set<String> exact = new HashSet<>(WHOLE);
    private final Set<String> sequences = new HashSet<>();
    private final Set<String> compounds = new HashSet<>();
    private int longestSequence = 1;

    SecretNames(Collection<String> names) {
        for (String name : names) {
            List<String> words = words(name);
            if (words.isEmpty()) {
                continue;
            }
            String sequence = String.join(" ", words);
            exact.add(sequence);
            sequences.add(sequence);
            compounds.add(String.join("", words));
            longestSequence = Math.max(longestSequence, words.size());
        }
    }

    boolean matches(String name) {
        if (name.length() < 3 || name.length() > LONGEST_NAME) {
            return false;
        }
        List<String> words = words(name);
        if (words.isEmpty()) {
            return false;
        }
        String last = words.get(words.size() - 1);
        if (exact.contains(String.join(" ", words)) || (LAST.contains(last) && !ASKS.contains(words.get(0)))) {
            return true;
        }
        return !ABOUT.contains(last) && !ASKS.contains(words.get(0)) && hasSecretWords(words);
    }

    private boolean hasSecretWords(List<String> words) {
        for (int from = 0; from < words.size(); from++) {
            if (compounds.contains(words.get(from))) {
                return true;
            }
            StringBuilder sequence = new StringBuilder(words.get(from));
            for (int to = from + 1; to < words.size() && to - from < longestSequence; to++) {
                sequence.append(' ').append(words.get(to));
                if (sequences.contains(sequence.toString())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** {@return the words of {@code some-name}, {@code someName} or {@code SOME_name2}, in lower case} */
    static List<String> words(String name) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            if (i == name.length() || !Character.isLetterOrDigit(name.charAt(i))) {
                add(words, name, start, i);
                start = i + 1;
            } else if (i > start && beginsWord(name, i)) {
                add(words, name, start, i);
                start = i;
            }
        }
        return words;
    }

    private static void add(List<String> words, String name, int start, int end) {
        if (end > start) {
            words.add(name.substring(start, end).toLowerCase(Locale.ROOT));
        }
    }

    private static boolean beginsWord(String name, int at) {
        char before = name.charAt(at - 1);
        char here = name.charAt(at);
        if (Character.isDigit(here) != Character.isDigit(before)) {
            return true;
        }
        boolean endOfCapitals =
                Character.isUpperCase(before) && at + 1 < name.length() && Character.isLowerCase(name.charAt(at + 1));
        return Character.isUpperCase(here) && (!Character.isUpperCase(before) || endOfCapitals);
    }
}
