package ai.bctrl.playwright;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a WebSocket was closed, by the number that stands in its last frame (RFC 6455 section 7.4). Immutable.
 *
 * @param code the number; 1005 if there was none, 1006 if there was no last frame
 * @param reason what the other side added; empty if nothing
 */
record CloseCode(int code, String reason) {
    static final CloseCode NONE = new CloseCode(1006, "");

    private static final Pattern QUOTED = Pattern.compile("code=(\\d{4})\\b(?:[ ,]+reason=([^\\n]*))?");

    /** Which exception it becomes. */
    enum Meaning {
        /** The browser ended by itself. */
        CRASHED,
        /** The lease is over by the service's rules. */
        EXPIRED,
        /** The control plane went away. */
        LOST,
        /** The connection broke. */
        BROKEN
    }

    /** Reads the payload of a close frame. */
    static CloseCode of(byte[] payload) {
        return payload.length < 2
                ? new CloseCode(1005, "")
                : new CloseCode(
                        (payload[0] & 0xff) << 8 | (payload[1] & 0xff),
                        new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8).strip());
    }

    /** Finds what Playwright quotes of it; null if it quotes nothing. */
    static @Nullable CloseCode in(String text) {
        Matcher quoted = QUOTED.matcher(text);
        if (!quoted.find()) {
            return null;
        }
        String reason = quoted.group(2);
        return new CloseCode(Integer.parseInt(quoted.group(1)), reason == null ? "" : reason.strip());
    }

    Meaning meaning() {
        if (code == 1011) {
            return reason.startsWith("browser crashed") ? Meaning.CRASHED : Meaning.BROKEN;
        }
        return switch (code) {
            case 1000, 1008, 4001, 4002, 4003, 4004 -> Meaning.EXPIRED;
            case 1001, 1012, 1013, 1014 -> Meaning.LOST;
            default -> Meaning.BROKEN;
        };
    }

    /** What happened, in words. */
    String sentence() {
        String said = reason.isEmpty() ? "" : ": " + reason;
        return code == NONE.code ? words() + said : words() + said + " (close code " + code + ")";
    }

    private String words() {
        return switch (code) {
            case 1000 -> "the other side closed the connection";
            case 1001 -> "the other side is going away";
            case 1002 -> "the other side found a violation of the WebSocket protocol";
            case 1003, 1007 -> "the other side could not read a message";
            case 1005 -> "the other side closed the connection without saying why";
            case 1006 ->
                "the connection broke off without a word; the network or a proxy cut it, or the other side died";
            case 1008 -> "the other side closed the connection by a rule of its own";
            case 1009 -> "a message was larger than the other side, or a proxy before it, takes";
            case 1010 -> "the other side wanted a WebSocket extension";
            case 1011 -> "something went wrong at the other side";
            case 1012 -> "the other side is being restarted";
            case 1013 -> "the other side is overloaded";
            case 1014 -> "a gateway could not reach the other side";
            case 1015 -> "TLS failed";
            case 4001 -> "the connection was revoked";
            case 4002 -> "the connection expired";
            case 4003 -> "the browser was stopped because it was idle";
            case 4004 -> "the browser was stopped because its lifetime was over";
            default -> "the other side closed the connection for a reason that is not known here";
        };
    }
}
