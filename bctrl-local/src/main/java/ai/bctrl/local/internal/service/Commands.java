package ai.bctrl.local.internal.service;

import ai.bctrl.local.internal.store.CommandStore;
import ai.bctrl.local.internal.store.Database;
import ai.bctrl.local.internal.store.RunStore;
import ai.bctrl.model.CommandDetail;
import ai.bctrl.model.CommandQuery;
import ai.bctrl.model.CommandStatus;
import ai.bctrl.model.ExecutionMode;
import ai.bctrl.model.Run;
import ai.bctrl.model.RunCommand;
import ai.bctrl.model.RunCommandList;
import ai.bctrl.model.SortOrder;
import ai.bctrl.model.WorkError;
import com.google.gson.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/**
 * What the control plane itself did in the runs: a viewer's reload, the export of a video. What controllers did stands among
 * the events. Thread-safe.
 */
public final class Commands {

    private static final String LIST = "c";
    private static final WorkError RESTARTED =
            new WorkError("server.restarted", "The control plane was restarted meanwhile.", null);

    private final Database database;
    private final CommandStore store;
    private final RunStore runs;
    private final InstantSource clock;

    /** Creates the commands of a database; those that an earlier process left at work have failed. */
    public Commands(Database database, InstantSource clock) {
        this.database = database;
        this.store = new CommandStore(database);
        this.runs = new RunStore(database);
        this.clock = clock;
        database.change(() -> store.failAll(RESTARTED, Timestamps.now(clock)));
    }

    /**
     * Records that something was begun.
     *
     * @param entryCall what, for example {@code live.reload}
     * @param request what was asked; no secrets, nobody changes it any more
     * @return names the command for {@link #succeed} and {@link #fail}
     * @throws ApiProblem 404
     */
    public long begin(String runId, String entryCall, JsonObject request) {
        return database.change(() -> {
            Run run = runs.find(runId);
            if (run == null) {
                throw ApiProblem.notFound("run", runId);
            }
            return store.insert(
                    run.id(), run.runtimeId(), entryCall, ExecutionMode.INLINE, request, Timestamps.now(clock));
        });
    }

    /** Records that something ended well; does nothing if it has ended before. */
    public void succeed(long seq, JsonObject result) {
        database.change(() -> store.end(seq, CommandStatus.SUCCEEDED, result, null, Timestamps.now(clock)));
    }

    /**
     * Records that something failed; does nothing if it has ended before.
     *
     * @param code stable code
     * @param message text for people; no secrets
     */
    public void fail(long seq, String code, String message) {
        WorkError error = new WorkError(code, message, null);
        database.change(() -> store.end(seq, CommandStatus.FAILED, null, error, Timestamps.now(clock)));
    }

    /**
     * Lists commands of a run, oldest first unless asked otherwise.
     *
     * @param query the filter and the page; its limit, 1 to 200, is set
     * @throws ApiProblem 404; 400 for a cursor that is none
     */
    public RunCommandList list(String runId, CommandQuery query) {
        Run run = runs.find(runId);
        if (run == null) {
            throw ApiProblem.notFound("run", runId);
        }
        int limit = Objects.requireNonNull(query.limit());
        SortOrder order = query.order() == SortOrder.DESC ? SortOrder.DESC : SortOrder.ASC;
        List<CommandStore.Numbered> found = store.list(
                run.id(),
                new CommandStore.Filter(query.status() == null ? List.of() : query.status(), query.executionMode()),
                order,
                Cursors.decode(LIST, query.cursor(), order == SortOrder.DESC ? Long.MAX_VALUE : 0),
                limit + 1);
        boolean more = found.size() > limit;
        List<CommandStore.Numbered> page = more ? found.subList(0, limit) : found;
        List<CommandDetail> include = query.include() == null ? List.of() : query.include();
        return new RunCommandList(
                page.stream().map(one -> shown(one.command(), include)).toList(),
                more ? Cursors.encode(LIST, page.get(limit - 1).seq()) : null);
    }

    private static RunCommand shown(RunCommand command, List<CommandDetail> include) {
        return new RunCommand(
                command.sequenceNo(),
                command.entryCall(),
                command.status(),
                command.executionMode(),
                command.id(),
                command.runId(),
                command.runtimeId(),
                command.artifactCount(),
                command.stepCount(),
                command.startedAt(),
                command.finishedAt(),
                command.durationMs(),
                command.createdAt(),
                command.progress(),
                include.contains(CommandDetail.REQUEST) ? command.request() : null,
                include.contains(CommandDetail.RESULT) ? command.result() : null,
                include.contains(CommandDetail.ERROR) ? command.error() : null,
                command.extra());
    }
}
