package ai.bctrl.local.internal.console;

import static ai.bctrl.local.internal.console.ConsoleFrame.badge;
import static ai.bctrl.local.internal.console.ConsoleFrame.empty;
import static ai.bctrl.local.internal.console.ConsoleFrame.post;
import static ai.bctrl.local.internal.console.ConsoleFrame.time;

import ai.bctrl.local.internal.console.ConsoleSessions.Session;
import ai.bctrl.local.internal.service.RunNames;
import ai.bctrl.local.internal.service.Runs;
import ai.bctrl.local.internal.service.Runtimes;
import ai.bctrl.local.internal.service.Spaces;
import ai.bctrl.model.BrowserRuntime;
import ai.bctrl.model.Run;
import ai.bctrl.model.RunList;
import ai.bctrl.model.RunOutcome;
import ai.bctrl.model.RunQuery;
import ai.bctrl.model.RunStatus;
import ai.bctrl.model.RuntimeStatus;
import ai.bctrl.model.Space;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pages with lists: browsers, runs, spaces; and the sign-in. Thread-safe. */
final class ConsolePages {

    private static final int PAGE = 50;

    private final Spaces spaces;
    private final Runtimes runtimes;
    private final Runs runs;

    ConsolePages(Spaces spaces, Runtimes runtimes, Runs runs) {
        this.spaces = spaces;
        this.runtimes = runtimes;
        this.runs = runs;
    }

    String signIn(Session session, String next, @Nullable String problem) {
        Html form = Html.of("form", "stack", "")
                .attr("method", "post")
                .attr("action", "/console/sign-in")
                .add(
                        ConsoleFrame.csrf(session),
                        Html.of("input")
                                .attr("type", "hidden")
                                .attr("name", "next")
                                .attr("value", next),
                        Html.of("label", "", "API key").attr("for", "key"),
                        Html.of("input")
                                .attr("id", "key")
                                .attr("name", "key")
                                .attr("type", "password")
                                .attr("autocomplete", "current-password")
                                .attr("required", "")
                                .attr("autofocus", ""),
                        problem == null
                                ? null
                                : Html.of("p", "problem", problem).attr("role", "alert"),
                        Html.of("button", "primary", "Sign in").attr("type", "submit"));
        return ConsoleFrame.page(
                "Sign in",
                null,
                "",
                Html.of("section", "card narrow", "")
                        .add(
                                Html.of("h1", "", "Sign in"),
                                Html.of("p", "soft", "The control plane prints its key when it starts."),
                                form));
    }

    /** The browsers that run now. */
    String browsers(Session session) {
        List<Html> cards = new ArrayList<>();
        for (Space space : spaces.list().spaces()) {
            for (BrowserRuntime runtime : runtimes.list(space.id()).runtimes()) {
                if (runtime.status() == RuntimeStatus.ACTIVE && runtime.activeRunId() != null) {
                    cards.add(card(session, space, runtime, runtime.activeRunId()));
                }
            }
        }
        return ConsoleFrame.page(
                "Browsers",
                session,
                "/console",
                Html.of("h1", "", "Browsers"),
                cards.isEmpty()
                        ? empty("No browser runs now. Tests start them, or POST /v1/spaces/{id}/runtimes does.")
                        : Html.of("div", "cards", "").addAll(cards));
    }

    private Html card(Session session, Space space, BrowserRuntime runtime, String runId) {
        String name = RunNames.of(runs.get(runId), runtime);
        Html picture = Html.of("img")
                .attr("class", "thumbnail")
                .attr("alt", "What " + name + " shows now")
                .attr("width", "320")
                .attr("height", "180")
                .attr("data-live", "/console/runs/" + runId + "/thumbnail.jpg");
        return Html.of("article", "card browser", "")
                .add(
                        Html.link("/console/runs/" + runId, "").add(picture),
                        Html.of("h2").add(Html.link("/console/runs/" + runId, name)),
                        Html.of("p", "soft", space.name() + " · since ").add(time(runtime.createdAt())),
                        Html.of("div", "actions", "")
                                .add(
                                        post(session, "/console/runs/" + runId + "/live", "Watch", "")
                                                .attr("target", "_blank"),
                                        session.mayChange()
                                                ? post(session, stopPath(space.id(), runtime.id()), "Stop", "danger")
                                                : null));
    }

    static String stopPath(String spaceId, String runtimeId) {
        return "/console/spaces/" + spaceId + "/runtimes/" + runtimeId + "/stop";
    }

    /** The runs, newest first, that fit what was searched for. */
    String runs(Session session, Map<String, String> query) {
        String search = query.getOrDefault("search", "").strip();
        RunOutcome outcome = constant(RunOutcome.values(), query.get("outcome"));
        RunStatus status = constant(RunStatus.values(), query.get("status"));
        RunQuery.Builder asked = RunQuery.builder().limit(PAGE);
        if (!search.isEmpty()) {
            asked.search(search);
        }
        if (outcome != null) {
            asked.outcome(outcome);
        }
        if (status != null) {
            asked.status(status);
        }
        if (query.containsKey("cursor")) {
            asked.cursor(query.get("cursor"));
        }
        RunList found = runs.list(asked.build());
        Html body = Html.of("tbody");
        for (Run run : found.runs()) {
            body.add(row(run));
        }
        Html table = Html.of("table")
                .add(
                        Html.of("thead")
                                .add(Html.of("tr")
                                        .add(
                                                Html.of("th", "", "Test"),
                                                Html.of("th", "", "Outcome"),
                                                Html.of("th", "", "Run"),
                                                Html.of("th", "", "Started"),
                                                Html.of("th", "wide", "Ended"))),
                        body);
        return ConsoleFrame.page(
                "Runs",
                session,
                "/console/runs",
                Html.of("h1", "", "Runs"),
                searchForm(search, outcome, status),
                found.runs().isEmpty()
                        ? empty("No run fits.")
                        : Html.of("div", "scroll", "").add(table),
                found.nextCursor() == null
                        ? Html.of("p")
                        : Html.of("p", "pager", "").add(Html.link(older(query, found.nextCursor()), "Older runs")));
    }

    private static String older(Map<String, String> query, String cursor) {
        StringBuilder path = new StringBuilder("/console/runs?cursor=").append(encode(cursor));
        for (String name : List.of("search", "outcome", "status")) {
            if (query.containsKey(name)) {
                path.append('&').append(name).append('=').append(encode(query.getOrDefault(name, "")));
            }
        }
        return path.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static <E extends Enum<E> & ai.bctrl.model.WireName> @Nullable E constant(
            E[] values, @Nullable String wireName) {
        for (E value : values) {
            if (value.wireName().equals(wireName) && !value.name().equals("UNKNOWN")) {
                return value;
            }
        }
        return null;
    }

    private static Html searchForm(String search, @Nullable RunOutcome outcome, @Nullable RunStatus status) {
        return Html.of("form", "search", "")
                .attr("method", "get")
                .attr("action", "/console/runs")
                .attr("role", "search")
                .add(
                        Html.of("input")
                                .attr("type", "search")
                                .attr("name", "search")
                                .attr("value", search)
                                .attr("placeholder", "Search test names")
                                .attr("aria-label", "Search test names"),
                        choice("outcome", "Any outcome", RunOutcome.values(), outcome),
                        choice("status", "Any status", RunStatus.values(), status),
                        Html.of("button", "primary", "Search").attr("type", "submit"));
    }

    private static <E extends Enum<E> & ai.bctrl.model.WireName> Html choice(
            String name, String any, E[] values, @Nullable E chosen) {
        Html select = Html.of("select")
                .attr("name", name)
                .attr("aria-label", name.equals("outcome") ? "Outcome" : "Status")
                .add(Html.of("option", "", any).attr("value", ""));
        for (E value : values) {
            if (!value.name().equals("UNKNOWN")) {
                Html option = Html.of("option", "", value.wireName()).attr("value", value.wireName());
                if (value == chosen) {
                    option.attr("selected", "");
                }
                select.add(option);
            }
        }
        return select;
    }

    private static Html row(Run run) {
        String outcome = RunNames.outcome(run);
        return Html.of("tr")
                .add(
                        Html.of("td").add(Html.link("/console/runs/" + run.id(), RunNames.of(run, null))),
                        Html.of("td").add(outcome == null ? Html.of("span", "soft", "–") : badge(outcome)),
                        Html.of("td").add(badge(run.status().wireName())),
                        Html.of("td").add(time(run.startedAt())),
                        Html.of("td", "wide", "").add(time(run.endedAt())));
    }

    /** The spaces and how many browsers each has. */
    String spaces(Session session) {
        Html body = Html.of("tbody");
        for (Space space : spaces.list().spaces()) {
            List<BrowserRuntime> all = runtimes.list(space.id()).runtimes();
            long active = all.stream()
                    .filter(runtime -> runtime.status() == RuntimeStatus.ACTIVE)
                    .count();
            body.add(Html.of("tr")
                    .add(
                            Html.of("td", "", space.name()),
                            Html.of("td", "", active + " active, " + all.size() + " in all"),
                            Html.of("td").add(time(space.createdAt())),
                            Html.of("td", "wide", "").add(Html.of("code", "", space.id()))));
        }
        return ConsoleFrame.page(
                "Spaces",
                session,
                "/console/spaces",
                Html.of("h1", "", "Spaces"),
                Html.of("div", "scroll", "")
                        .add(Html.of("table")
                                .add(
                                        Html.of("thead")
                                                .add(Html.of("tr")
                                                        .add(
                                                                Html.of("th", "", "Space"),
                                                                Html.of("th", "", "Browsers"),
                                                                Html.of("th", "", "Created"),
                                                                Html.of("th", "wide", "Id"))),
                                        body)));
    }
}
