package ai.bctrl.junit.internal.redaction;

import java.util.function.BiConsumer;

/** Knows what is secret in URLs and in forms that are encoded like their queries. Immutable. */
final class Urls {
    private final Redaction redaction;

    Urls(Redaction redaction) {
        this.redaction = redaction;
    }

    void learn(String url) {
        int authority = url.indexOf("://");
        int at = authority < 0 ? -1 : url.indexOf('@', authority);
        int end = authority < 0 ? -1 : endOfAuthority(url, authority + 3);
        if (at > 0 && at < end) {
            String user = url.substring(authority + 3, at);
            int colon = user.indexOf(':');
            if (colon >= 0) {
                redaction.learn(DecodedText.percent(user.substring(colon + 1).replace("+", "%2B")));
            }
        }
        int parameters = startOfParameters(url);
        if (parameters < url.length()) {
            learnParameters(url.substring(parameters));
        }
    }

    void learnParameters(String parameters) {
        each(parameters, redaction::learnIfSecret);
    }

    String hide(String url) {
        learn(url);
        int parameters = startOfParameters(url);
        return redaction.text(url.substring(0, parameters) + hideParameters(url.substring(parameters)));
    }

    /** {@return {@code a=1&token=•••} with any of the separators that URLs use} */
    String hideParameters(String parameters) {
        StringBuilder hidden = new StringBuilder(parameters.length());
        int start = 0;
        for (int i = 0; i <= parameters.length(); i++) {
            if (i == parameters.length() || isSeparator(parameters.charAt(i))) {
                hideParameter(parameters.substring(start, i), hidden);
                if (i < parameters.length()) {
                    hidden.append(parameters.charAt(i));
                }
                start = i + 1;
            }
        }
        return hidden.toString();
    }

    private void hideParameter(String parameter, StringBuilder hidden) {
        int equals = parameter.indexOf('=');
        if (equals > 0
                && equals + 1 < parameter.length()
                && redaction.isSecretName(DecodedText.percent(parameter.substring(0, equals)))) {
            hidden.append(parameter, 0, equals + 1).append(Redaction.REPLACEMENT);
        } else {
            hidden.append(parameter);
        }
    }

    private static void each(String parameters, BiConsumer<String, String> action) {
        int start = 0;
        for (int i = 0; i <= parameters.length(); i++) {
            if (i == parameters.length() || isSeparator(parameters.charAt(i))) {
                int equals = parameters.indexOf('=', start);
                if (equals > start && equals < i) {
                    action.accept(
                            DecodedText.percent(parameters.substring(start, equals)),
                            DecodedText.percent(parameters.substring(equals + 1, i)));
                }
                start = i + 1;
            }
        }
    }

    private static boolean isSeparator(char c) {
        return c == '&' || c == ';' || c == '?' || c == '#';
    }

    private static int startOfParameters(String url) {
        for (int i = 0; i < url.length(); i++) {
            if (isSeparator(url.charAt(i))) {
                return i;
            }
        }
        return url.length();
    }

    private static int endOfAuthority(String url, int from) {
        int end = from;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        return end;
    }
}
