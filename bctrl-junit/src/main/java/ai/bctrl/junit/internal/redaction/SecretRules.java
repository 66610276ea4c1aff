package ai.bctrl.junit.internal.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What counts as a secret: names whose values are secret, and texts that are secret wherever they stand. Immutable.
 *
 * <p>A name is one or more words, such as {@code api key}. It stands for each name of a header, cookie, parameter, JSON
 * member, storage key or input field that has these words in this order, however they are written: {@code X-Api-Key},
 * {@code apiKey}, {@code API_KEY} and {@code apikey}, but not {@code apiKeyboard}. Names that say something about a
 * secret, such as {@code tokenType} or {@code passwordHint}, are not secret unless a name is exactly that.
 *
 * <p>A pattern that has a group hides the first group, another pattern hides all that it matches.
 *
 * @param names words that make a name secret; letter case does not count
 * @param patterns what secret text looks like
 */
public record SecretRules(List<String> names, List<Pattern> patterns) {
    private static final List<String> DEFAULT_NAMES = List.of(
            "authorization",
            "password",
            "passwords",
            "passwd",
            "passwort",
            "pwd",
            "passphrase",
            "passcode",
            "secret",
            "secrets",
            "token",
            "access token",
            "refresh token",
            "id token",
            "auth token",
            "api token",
            "csrf token",
            "xsrf token",
            "session token",
            "user token",
            "client secret",
            "api key",
            "access key",
            "secret key",
            "private key",
            "signing key",
            "encryption key",
            "account key",
            "subscription key",
            "auth key",
            "credential",
            "credentials",
            "jwt",
            "bearer",
            "signature",
            "session id",
            "sess id",
            "jsessionid",
            "phpsessid",
            "csrf",
            "xsrf",
            "csrfmiddlewaretoken",
            "otp",
            "totp",
            "one time code",
            "verification code",
            "recovery code",
            "security code",
            "mfa code",
            "card number",
            "cc number",
            "cc num",
            "credit card",
            "cvc",
            "cvv",
            "csc",
            "ssn");

    /** Copies the lists. */
    public SecretRules {
        names = List.copyOf(names);
        patterns = List.copyOf(patterns);
    }

    /** {@return the rules that hold without any settings} */
    public static SecretRules defaults() {
        return of(List.of(), List.of());
    }

    /**
     * {@return the default rules and more}
     *
     * @param moreNames names as described above
     * @param morePatterns patterns as described above; one that takes too long on a text hides that text as a whole
     */
    public static SecretRules of(List<String> moreNames, List<Pattern> morePatterns) {
        List<String> names = new ArrayList<>(DEFAULT_NAMES);
        names.addAll(moreNames);
        List<Pattern> patterns = new ArrayList<>(KnownShapes.DEFAULTS);
        patterns.addAll(morePatterns);
        return new SecretRules(names, patterns);
    }
}
