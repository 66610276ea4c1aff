package ai.bctrl.junit.internal.redaction;

import java.util.Locale;
import java.util.Set;

/** Says which values may be hidden wherever they occur without making everything else unreadable. */
final class Learnable {
    /** Shorter values are hidden where they stand, but not looked for elsewhere. */
    static final int SHORTEST = 4;

    private static final int OPAQUE = 8;
    private static final int LONG_WORD = 16;

    /** What stands in fields and cookies for something else than a secret, or is no secret to anyone. */
    private static final Set<String> COMMON =
            Set.of(("true false null none undefined empty void auto dark light default enabled disabled accepted"
                            + " denied allow deny allowed necessary password passwort passwords passwd token tokens"
                            + " secret secrets cookie cookies session bearer basic digest negotiate credential"
                            + " credentials authorization username user users admin root guest demo test value values"
                            + " text string number boolean object array function include same-origin omit unknown"
                            + " required optional hidden visible submit email name type input chrome chromium desktop"
                            + " mobile online offline utf-8 gzip identity en-us en-gb de-de fr-fr english german"
                            + " no-cache no-store same-site cross-site strict lax http https localhost 127.0.0.1"
                            + " application/json text/html text/plain")
                    .split(" "));

    private Learnable() {}

    /** {@return if the value, known to be a secret, can be told from other text} */
    static boolean known(String value) {
        return value.length() >= SHORTEST
                && !value.contains(Redaction.REPLACEMENT)
                && value.chars().distinct().limit(2).count() > 1
                && !COMMON.contains(value.toLowerCase(Locale.ROOT));
    }

    /** {@return if the value is one that nobody would write as a text: what a secret name holds may be a caption} */
    static boolean plausible(String value) {
        if (!known(value) || value.chars().anyMatch(Character::isWhitespace)) {
            return false;
        }
        return value.length() >= LONG_WORD || !value.chars().allMatch(Character::isLetter);
    }

    /** {@return if the value looks made by a machine: such a one is a secret even if its name does not say so} */
    static boolean opaque(String value) {
        return known(value)
                && value.length() >= OPAQUE
                && value.chars().noneMatch(Character::isWhitespace)
                && value.chars().anyMatch(Character::isDigit)
                && value.chars().anyMatch(Character::isLetter);
    }
}
