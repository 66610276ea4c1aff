package ai.bctrl.local.internal.service;

import ai.bctrl.local.internal.store.Database;
import ai.bctrl.local.internal.store.RunStore;
import ai.bctrl.model.Run;
import ai.bctrl.model.RunList;
import ai.bctrl.model.RunQuery;
import java.util.List;
import java.util.Objects;

/** The records of the active spans of runtimes. Thread-safe. */
public final class Runs {

    private static final String LIST = "r";

    private final RunStore store;

    /** Creates the runs of a database. */
    public Runs(Database database) {
        this.store = new RunStore(database);
    }

    /**
     * Lists runs, newest first.
     *
     * @param query the filter and the page; its limit, 1 to 200, is set
     * @throws ApiProblem 400 for a cursor that is none
     */
    public RunList list(RunQuery query) {
        int limit = Objects.requireNonNull(query.limit());
        List<RunStore.Numbered> found = store.list(
                new RunStore.Filter(
                        query.runtimeId(), query.spaceId(), query.status(), query.outcome(), query.search()),
                Cursors.decode(LIST, query.cursor(), Long.MAX_VALUE),
                limit + 1);
        boolean more = found.size() > limit;
        List<RunStore.Numbered> page = more ? found.subList(0, limit) : found;
        return new RunList(
                page.stream().map(RunStore.Numbered::run).toList(),
                more ? Cursors.encode(LIST, page.get(limit - 1).seq()) : null);
    }

    /**
     * {@return the run}
     *
     * @throws ApiProblem 404 {@code run.not_found}
     */
    public Run get(String id) {
        Run run = store.find(id);
        if (run == null) {
            throw ApiProblem.notFound("run", id);
        }
        return run;
    }
}
