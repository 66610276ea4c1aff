package ai.bctrl.local.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.model.RunStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pages read what they show, however much there is: the order comes from an index. */
class QueryPlanTest {
    private static final String SORTED = "/* index sorted */";

    private final Database database = Database.open(null);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void readsAPageOfEventsFromTheIndex() {
        EventStore.Filter all = new EventStore.Filter(List.of(), List.of(), null, null, null);

        assertThat(plan(EventStore.sql("seq > :bound", "ASC", all))).contains(SORTED);
        assertThat(plan(EventStore.sql("seq < :bound", "DESC", all))).contains(SORTED);
    }

    @Test
    void readsTheLastEventFromTheIndex() {
        assertThat(plan(EventStore.LAST)).contains(SORTED);
    }

    @Test
    void readsAPageOfRunsFromAnIndex() {
        assertThat(plan(RunStore.sql(new RunStore.Filter(null, null, null, null, null))))
                .contains(SORTED);
        assertThat(plan(RunStore.sql(new RunStore.Filter(null, "space", null, null, null))))
                .contains(SORTED);
        assertThat(plan(RunStore.sql(new RunStore.Filter("runtime", null, null, null, null))))
                .contains(SORTED);
        assertThat(plan(RunStore.sql(new RunStore.Filter(null, null, RunStatus.ACTIVE, null, null))))
                .contains(SORTED);
    }

    private String plan(String sql) {
        return database.jdbi().withHandle(handle -> {
            var query = handle.createQuery("EXPLAIN " + sql);
            Map.of("runId", "a", "runtimeId", "a", "spaceId", "a", "status", "active")
                    .forEach((name, value) -> {
                        if (sql.contains(":" + name)) {
                            query.bind(name, value);
                        }
                    });
            for (String name : List.of("bound", "below", "limit")) {
                if (sql.contains(":" + name)) {
                    query.bind(name, 50L);
                }
            }
            return query.mapTo(String.class).one();
        });
    }
}
