package ai.bctrl.local.internal.service;

import ai.bctrl.local.internal.store.Database;
import ai.bctrl.local.internal.store.RunStore;
import ai.bctrl.model.Run;
import ai.bctrl.model.RunList;
import ai.bctrl.model.RunQuery;
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
     * Lists runs, newest first. A page of those found by a word holds those among the next 1,000 runs, be they few or none,
     * and says where to go on.
     *
     * @param query the filter and the page; its limit, 1 to 200, is set
     * @throws ApiProblem 400 for a cursor that is none
     */
    public RunList list(RunQuery query) {
        RunStore.Page page = store.list(
                new RunStore.Filter(
                        query.runtimeId(), query.spaceId(), query.status(), query.outcome(), query.search()),
                Cursors.decode(LIST, query.cursor(), Long.MAX_VALUE),
                Objects.requireNonNull(query.limit()));
        return new RunList(
                page.runs().stream().map(RunStore.Numbered::run).toList(),
                page.next() == null ? null : Cursors.encode(LIST, page.next()));
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
