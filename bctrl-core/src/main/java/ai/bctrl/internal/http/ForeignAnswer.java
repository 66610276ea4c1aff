package ai.bctrl.internal.http;

import ai.bctrl.error.UnexpectedAnswerException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognises what a BCTRL service would not say: pages of portals, proxies and other servers. Stateless. */
final class ForeignAnswer {
    private static final int QUOTED = 200;
    private static final Pattern TITLE =
            Pattern.compile("<title[^>]*>(.{1,200}?)</title>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private ForeignAnswer() {}

    /** Whether a body is no JSON at all. */
    static boolean isForeign(String body) {
        String text = body.strip();
        return !text.isEmpty() && text.charAt(0) != '{' && text.charAt(0) != '[';
    }

    static UnexpectedAnswerException instead(ApiCall call, String origin, String body, @Nullable Throwable cause) {
        return new UnexpectedAnswerException(
                call.method() + " " + call.shownPath() + " was answered with " + (isPage(body) ? "a web page" : "text")
                        + " instead of JSON" + quoted(body) + "; " + question(origin),
                cause);
    }

    /** A colon and what the body says, shortly; empty if it says nothing. */
    static String quoted(String body) {
        Matcher title = TITLE.matcher(body);
        String text = isPage(body) ? title.find() ? title.group(1) : "" : body;
        String plain = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return plain.isEmpty() ? "" : ": " + (plain.length() > QUOTED ? plain.substring(0, QUOTED) + " ..." : plain);
    }

    static String question(String origin) {
        return "is " + origin
                + " a BCTRL service? Check the base URL (baseUrl, BCTRL_BASE_URL), and whether a proxy or a"
                + " login page stands in between";
    }

    private static boolean isPage(String body) {
        return body.strip().startsWith("<");
    }
}
