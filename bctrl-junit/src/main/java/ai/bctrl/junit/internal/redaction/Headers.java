package ai.bctrl.junit.internal.redaction;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Knows what is secret in the headers of requests and responses. Immutable. */
final class Headers {
    private static final Set<String> URLS =
            Set.of("location", "content-location", "referer", "origin", "refresh", "link", "x-original-url");
    private static final Set<String> CREDENTIALS = Set.of("authorization", "proxy-authorization");
    private static final String BASIC = "basic ";

    private final Redaction redaction;

    Headers(Redaction redaction) {
        this.redaction = redaction;
    }

    String hide(String name, String value) {
        learn(name, value);
        String lower = name.toLowerCase(Locale.ROOT);
        if (value.isEmpty()) {
            return value;
        } else if (lower.equals("cookie")) {
            return hideCookies(value);
        } else if (lower.equals("set-cookie")) {
            // Playwright joins several headers of a response with line feeds.
            return String.join("\n", value.lines().map(this::hideSetCookie).toList());
        } else if (CREDENTIALS.contains(lower)) {
            int space = value.indexOf(' ');
            return space > 0 ? value.substring(0, space + 1) + Redaction.REPLACEMENT : Redaction.REPLACEMENT;
        } else if (redaction.isSecretName(name)) {
            return Redaction.REPLACEMENT;
        }
        return URLS.contains(lower) || lower.startsWith(":") ? redaction.url(value) : redaction.text(value);
    }

    void learn(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("cookie")) {
            for (String cookie : cookies(value)) {
                learnCookie(cookie);
            }
        } else if (lower.equals("set-cookie")) {
            value.lines().forEach(line -> learnCookie(line.split(";", 2)[0]));
        } else if (CREDENTIALS.contains(lower)) {
            learnCredentials(value);
        } else if (redaction.isSecretName(name)) {
            redaction.learn(value);
        } else if (URLS.contains(lower)) {
            redaction.learnUrl(value);
        }
    }

    private void learnCookie(String cookie) {
        int equals = cookie.indexOf('=');
        learnCookie(cookie.substring(0, Math.max(equals, 0)).strip(), cookie.substring(equals + 1));
    }

    /** Learns the value of a cookie: of one that is no secret by its name, such as a language, only if it is opaque. */
    void learnCookie(String name, String value) {
        String bare = value.strip();
        if (bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"")) {
            bare = bare.substring(1, bare.length() - 1);
        }
        if (redaction.isSecretName(name)) {
            redaction.learn(bare);
            redaction.learn(DecodedText.percent(bare));
        } else {
            redaction.learnIfOpaque(bare);
        }
    }

    private void learnCredentials(String value) {
        String credentials = value.substring(value.indexOf(' ') + 1).strip();
        redaction.learn(credentials);
        if (!value.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
            return;
        }
        try {
            String decoded = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            redaction.learn(decoded.substring(decoded.indexOf(':') + 1));
        } catch (IllegalArgumentException e) {
            // Not base64: it was learned as it is.
            return;
        }
    }

    private static List<String> cookies(String value) {
        List<String> cookies = new ArrayList<>();
        for (String cookie : value.split(";", -1)) {
            cookies.add(cookie.strip());
        }
        return cookies;
    }

    private static String hideCookies(String value) {
        return String.join(
                "; ", cookies(value).stream().map(Headers::hideCookie).toList());
    }

    private String hideSetCookie(String value) {
        int end = value.indexOf(';');
        return end < 0 ? hideCookie(value) : hideCookie(value.substring(0, end)) + redaction.text(value.substring(end));
    }

    private static String hideCookie(String cookie) {
        int equals = cookie.indexOf('=');
        return equals < 0 ? Redaction.REPLACEMENT : cookie.substring(0, equals + 1) + Redaction.REPLACEMENT;
    }
}
