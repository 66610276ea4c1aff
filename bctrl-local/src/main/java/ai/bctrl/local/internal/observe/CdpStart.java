package ai.bctrl.local.internal.observe;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the first bytes of a CDP message tell. */
final class CdpStart {

    private static final Pattern METHOD = Pattern.compile("\"method\":\\s?\"([A-Za-z]{1,40}\\.[A-Za-z]{1,60})\"");
    private static final Pattern ANSWER = Pattern.compile("\\{\"id\":\\s?(\\d{1,18}),");

    private static final String FIRST = "{\"method\":\"";

    private CdpStart() {}

    /** The method; null where it does not stand at the start. */
    static @Nullable String method(String start) {
        if (start.startsWith(FIRST)) {
            // As browsers write their events.
            int end = start.indexOf('"', FIRST.length());
            return end < 0 ? null : start.substring(FIRST.length(), end);
        }
        Matcher found = METHOD.matcher(start);
        return found.find() ? found.group(1) : null;
    }

    /** The number of the command that a message answers, which browsers write first; -1 for other messages. */
    static long answerTo(String start) {
        if (!start.startsWith("{\"id\"")) {
            return -1;
        }
        Matcher found = ANSWER.matcher(start);
        return found.lookingAt() && !start.startsWith("\"method\"", found.end()) ? Long.parseLong(found.group(1)) : -1;
    }

    /** Whether an answer tells that the command failed. */
    static boolean isError(String start) {
        Matcher found = ANSWER.matcher(start);
        return found.lookingAt() && start.startsWith("\"error\"", found.end());
    }
}
