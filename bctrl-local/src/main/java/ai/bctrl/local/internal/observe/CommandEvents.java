package ai.bctrl.local.internal.observe;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a controller asks for, and how it went. Not thread-safe: belongs to its {@link RunObservation}. */
final class CommandEvents {

    private static final int MOST_UNANSWERED = 10_000;
    private static final Set<String> DOMAINS = Set.of("Page", "Network", "Runtime", "Log");

    private static final Set<String> SILENT = Set.of(
            "Target.setAutoAttach",
            "Target.detachFromTarget",
            "Browser.setDownloadBehavior",
            "Page.setDownloadBehavior");

    private final RunLog log;
    private final TargetEvents targets;
    private final DownloadEvents downloads;
    private final CommandSummaries summaries = new CommandSummaries();

    CommandEvents(RunLog log, TargetEvents targets, DownloadEvents downloads) {
        this.log = log;
        this.targets = targets;
        this.downloads = downloads;
    }

    /** Whether a command has to be read. */
    static boolean matters(String method) {
        return SILENT.contains(method)
                || CommandSummaries.mayBeTold(method)
                || isSwitch(method, "enable")
                || isSwitch(method, "disable");
    }

    private static boolean isSwitch(String method, String what) {
        int dot = method.indexOf('.');
        return method.length() == dot + 1 + what.length()
                && method.endsWith(what)
                && DOMAINS.contains(method.substring(0, dot));
    }

    void begun(Moment at, long id, String method, JsonObject params) {
        Session session = at.session();
        if (isSwitch(method, "enable")) {
            session.enabled.add(method.substring(0, method.indexOf('.')));
        } else if (isSwitch(method, "disable")) {
            session.enabled.remove(method.substring(0, method.indexOf('.')));
        } else if (method.equals("Target.setAutoAttach") && session.isRoot()) {
            at.feed().attachesToAll = Fields.flag(params, "autoAttach");
        } else if (method.equals("Target.detachFromTarget")) {
            Session leaving = at.feed().session(Fields.text(params, "sessionId"));
            if (leaving != null) {
                leaving.leaving = true;
            }
        } else if (method.endsWith(".setDownloadBehavior")) {
            downloads.directed(params);
        } else if (CommandSummaries.mayBeTold(method)) {
            EventData summary = summaries.of(method, session.id, params);
            if (summary != null && at.feed().unanswered.size() < MOST_UNANSWERED) {
                at.feed().unanswered.put(id, new Command(method, session, at.time(), params, summary));
            }
        }
    }

    /**
     * A command was answered.
     *
     * @param message the answer; null where it is only known that the command was done
     */
    void answered(Moment at, long id, @Nullable JsonObject message) {
        Command command = at.feed().unanswered.remove(id);
        if (command == null) {
            return;
        }
        String error = null;
        if (message != null && message.has("error")) {
            error = Fields.text(Fields.object(message, "error"), "message", "failed");
        } else if (message != null) {
            JsonObject result = Fields.object(message, "result");
            error = Fields.text(result, "errorText");
            contextCreated(at, command, result);
        }
        Moment there = new Moment(command.session(), at.time());
        if (error == null && command.method().equals("Target.disposeBrowserContext")) {
            targets.contextDisposed(there, Fields.text(command.params(), "browserContextId", ""));
        }
        tell(there, command, error);
    }

    private void contextCreated(Moment at, Command command, JsonObject result) {
        String context = Fields.text(result, "browserContextId");
        if (command.method().equals("Target.createBrowserContext") && context != null) {
            targets.contextCreated(at, context, Fields.flag(command.params(), "disposeOnDetach"));
        }
    }

    /** Nothing will be answered any more. */
    void ended(Moment at) {
        List<Command> left = List.copyOf(at.feed().unanswered.values());
        at.feed().unanswered.clear();
        for (Command command : left) {
            tell(new Moment(command.session(), at.time()), command, "the connection ended before the answer");
        }
    }

    private void tell(Moment at, Command command, @Nullable String error) {
        EventData data = command.summary();
        if (data != null) {
            data.number(
                    "durationMs",
                    Math.max(0, Duration.between(command.begun(), at.time()).toMillis()));
            log.addCommand(
                    at,
                    error == null ? "connection.command.finished" : "connection.command.failed",
                    data.text("error", error));
        }
    }
}
