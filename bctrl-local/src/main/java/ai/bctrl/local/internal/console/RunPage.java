package ai.bctrl.local.internal.console;

import static ai.bctrl.local.internal.console.ConsoleFrame.badge;
import static ai.bctrl.local.internal.console.ConsoleFrame.empty;
import static ai.bctrl.local.internal.console.ConsoleFrame.post;
import static ai.bctrl.local.internal.console.ConsoleFrame.time;

import ai.bctrl.internal.json.Json;
import ai.bctrl.local.internal.console.ConsoleSessions.Session;
import ai.bctrl.local.internal.observe.Activity;
import ai.bctrl.local.internal.service.ApiProblem;
import ai.bctrl.local.internal.service.Artifacts;
import ai.bctrl.local.internal.service.Events;
import ai.bctrl.local.internal.service.RunNames;
import ai.bctrl.local.internal.service.Runs;
import ai.bctrl.local.internal.service.Runtimes;
import ai.bctrl.model.ActivityItem;
import ai.bctrl.model.ActivityList;
import ai.bctrl.model.ActivityQuery;
import ai.bctrl.model.ArtifactQuery;
import ai.bctrl.model.BrowserRuntime;
import ai.bctrl.model.EventQuery;
import ai.bctrl.model.Run;
import ai.bctrl.model.RunArtifact;
import ai.bctrl.model.RunEvent;
import ai.bctrl.model.RunEventList;
import ai.bctrl.model.RunStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page of one run: what it was for, its timeline, its artifacts and its events. Thread-safe. */
final class RunPage {

    private static final int ROWS = 200;
    private static final int EVENTS = 100;
    private static final int MOST_DATA = 300;

    private final Runs runs;
    private final Runtimes runtimes;
    private final Activity activity;
    private final Events events;
    private final Artifacts artifacts;

    RunPage(Runs runs, Runtimes runtimes, Activity activity, Events events, Artifacts artifacts) {
        this.runs = runs;
        this.runtimes = runtimes;
        this.activity = activity;
        this.events = events;
        this.artifacts = artifacts;
    }

    String of(Session session, String runId, Map<String, String> query) {
        Run run = runs.get(runId);
        BrowserRuntime runtime = runtime(run);
        String name = RunNames.of(run, runtime);
        return ConsoleFrame.page(
                name,
                session,
                "/console/runs",
                head(session, run, runtime, name),
                Html.of("div", "columns", "")
                        .add(
                                Html.of("div").add(timeline(run, query.get("activity"))),
                                Html.of("div").add(artifacts(run))),
                events(run, query.get("events")));
    }

    private @Nullable BrowserRuntime runtime(Run run) {
        try {
            return run.spaceId() == null ? null : runtimes.get(run.spaceId(), run.runtimeId());
        } catch (ApiProblem removed) {
            return null;
        }
    }

    private static Html head(Session session, Run run, @Nullable BrowserRuntime runtime, String name) {
        boolean active = run.status() == RunStatus.ACTIVE;
        String outcome = RunNames.outcome(run);
        String reason = run.extra().has("reason") ? run.extra().get("reason").getAsString() : "";
        String path = "/console/runs/" + run.id();
        Html actions = Html.of("div", "actions", "");
        if (active) {
            actions.add(post(session, path + "/live", "Watch", session.mayChange() ? "" : "primary")
                    .attr("target", "_blank"));
            if (session.mayChange()) {
                actions.add(post(session, path + "/live?control=input", "Take over", "primary")
                        .attr("target", "_blank"));
            }
        }
        actions.add(post(session, path + "/replay", "Replay", active ? "" : "primary")
                .attr("target", "_blank"));
        if (active && session.mayChange() && run.spaceId() != null) {
            actions.add(post(session, ConsolePages.stopPath(run.spaceId(), run.runtimeId()), "Stop", "danger"));
        }
        Html facts = Html.of("p", "facts", "")
                .add(badge(run.status().wireName()), outcome == null ? null : badge(outcome))
                .add(Html.of("span", "soft", "started ").add(time(run.startedAt())));
        if (run.endedAt() != null) {
            facts.add(Html.of("span", "soft", "ended ").add(time(run.endedAt())));
        }
        if (!reason.isEmpty()) {
            facts.add(Html.of("span", "", reason));
        }
        return Html.of("section", "card", "")
                .add(
                        Html.of("div", "title", "").add(Html.of("h1", "", name), actions),
                        facts,
                        Html.of("p", "soft ids", "Run ")
                                .add(Html.of("code", "", run.id()))
                                .text(runtime == null ? "" : " · " + runtime.name()));
    }

    private Html timeline(Run run, @Nullable String cursor) {
        ActivityQuery.Builder query = ActivityQuery.builder().limit(ROWS);
        if (cursor != null) {
            query.cursor(cursor);
        }
        ActivityList list = activity.list(run.id(), query.build());
        Html section = Html.of("section", "card", "").add(Html.of("h2", "", "Timeline"));
        section.add(list.items().isEmpty() ? empty("Nothing has happened.") : rows(list.items()));
        if (list.nextCursor() != null) {
            section.add(Html.link(
                    "/console/runs/" + run.id() + "?activity="
                            + URLEncoder.encode(list.nextCursor(), StandardCharsets.UTF_8),
                    "Later rows"));
        }
        return section;
    }

    private static Html rows(List<ActivityItem> items) {
        Html list = Html.of("ol", "timeline", "");
        for (ActivityItem item : items) {
            String severity = "failed".equals(item.status()) ? "error" : String.valueOf(item.severity());
            Html row = Html.of("li", "row " + (severity.matches("error|warning") ? severity : ""), "")
                    .add(
                            time(item.time()).attr("data-short", ""),
                            Html.of("span", "message", item.message()),
                            item.durationMs() == null ? null : Html.of("span", "soft", millis(item.durationMs())));
            if (item.children() != null && !item.children().isEmpty()) {
                row.add(rows(item.children()));
            }
            list.add(row);
        }
        return list;
    }

    private static String millis(long millis) {
        return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    private Html artifacts(Run run) {
        List<RunArtifact> found = artifacts
                .ofRun(run.id(), ArtifactQuery.builder().limit(ROWS).build(), (space, file) -> "")
                .artifacts();
        Html section = Html.of("section", "card", "").add(Html.of("h2", "", "Artifacts"));
        if (found.isEmpty()) {
            return section.add(empty("None."));
        }
        Html list = Html.of("ul", "artifacts", "");
        for (RunArtifact artifact : found) {
            list.add(Html.of("li")
                    .add(
                            Html.link("/console/artifacts/" + artifact.id(), artifact.name())
                                    .attr("download", artifact.name()),
                            Html.of(
                                    "span",
                                    "soft",
                                    artifact.kind()
                                            + (artifact.sizeBytes() == null
                                                    ? ""
                                                    : ", " + size(artifact.sizeBytes())))));
        }
        return section.add(list);
    }

    private static String size(long bytes) {
        return bytes < 1024
                ? bytes + " B"
                : bytes < 1024 * 1024
                        ? String.format(Locale.ROOT, "%.1f KB", bytes / 1024.0)
                        : String.format(Locale.ROOT, "%.1f MB", bytes / 1024.0 / 1024.0);
    }

    private Html events(Run run, @Nullable String cursor) {
        EventQuery.Builder query = EventQuery.builder().limit(EVENTS);
        if (cursor != null) {
            query.cursor(cursor);
        }
        RunEventList list = events.list(run.id(), query.build());
        Html body = Html.of("tbody");
        for (RunEvent event : list.events()) {
            String data = event.data() == null ? "" : Json.write(event.data());
            body.add(Html.of("tr")
                    .add(
                            Html.of("td").add(time(event.time()).attr("data-short", "")),
                            Html.of("td").add(Html.of("code", "", event.type())),
                            Html.of("td", "soft", event.source()),
                            Html.of(
                                    "td",
                                    "data",
                                    data.length() > MOST_DATA ? data.substring(0, MOST_DATA) + "…" : data)));
        }
        Html details = Html.of("details", "card", "").add(Html.of("summary", "", "Events"));
        if (cursor != null) {
            details.attr("open", "");
        }
        details.add(
                Html.of("div", "scroll", "").add(Html.of("table", "events", "").add(body)));
        if (list.nextCursor() != null) {
            details.add(Html.link(
                    "/console/runs/" + run.id() + "?events="
                            + URLEncoder.encode(list.nextCursor(), StandardCharsets.UTF_8),
                    "Later events"));
        }
        return details;
    }
}
