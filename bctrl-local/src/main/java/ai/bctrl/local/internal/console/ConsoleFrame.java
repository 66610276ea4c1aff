package ai.bctrl.local.internal.console;

import ai.bctrl.local.internal.console.ConsoleSessions.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all pages of the console have around them, and the small parts that they share. */
final class ConsoleFrame {

    private ConsoleFrame() {}

    /** A whole page. */
    static String page(String title, @Nullable Session session, String here, Html... content) {
        Html head = Html.of("head")
                .add(
                        Html.of("meta").attr("charset", "utf-8"),
                        Html.of("meta").attr("name", "viewport").attr("content", "width=device-width, initial-scale=1"),
                        Html.of("meta").attr("name", "color-scheme").attr("content", "light dark"),
                        Html.of("title", "", title + " · bctrl"),
                        Html.of("link").attr("rel", "stylesheet").attr("href", "/console/assets/console.css"),
                        Html.of("script").attr("type", "module").attr("src", "/console/assets/console.js"));
        Html main = Html.of("main").attr("id", "content").add(content);
        return Html.of("html")
                .attr("lang", "en")
                .add(head, Html.of("body").add(bar(session, here), main))
                .page();
    }

    private static Html bar(@Nullable Session session, String here) {
        Html bar =
                Html.of("header", "top", "").add(Html.link("/console", "bctrl").attr("class", "brand"));
        if (session == null || session.grant() == null) {
            return bar;
        }
        Html nav = Html.of("nav").attr("aria-label", "Console");
        for (List<String> entry : List.of(
                List.of("/console", "Browsers"),
                List.of("/console/runs", "Runs"),
                List.of("/console/spaces", "Spaces"))) {
            Html link = Html.link(entry.get(0), entry.get(1));
            if (entry.get(0).equals(here)) {
                link.attr("aria-current", "page");
            }
            nav.add(link);
        }
        Html note = session.mayChange() ? null : Html.of("span", "badge", "Read only");
        return bar.add(nav, Html.of("span", "fill", ""), note, post(session, "/console/sign-out", "Sign out", "quiet"));
    }

    /** A button that changes something. */
    static Html post(Session session, String path, String text, String cssClass) {
        return Html.of("form")
                .attr("method", "post")
                .attr("action", path)
                .add(csrf(session), Html.of("button", cssClass, text).attr("type", "submit"));
    }

    static Html csrf(Session session) {
        return Html.of("input").attr("type", "hidden").attr("name", "csrf").attr("value", session.csrf());
    }

    /** A word in a colour: good for what passed, bad for what failed. */
    static Html badge(String word) {
        return Html.of("span", "badge " + word, word);
    }

    /** A moment, which a script shows in the reader's own time zone. */
    static Html time(@Nullable String rfc3339) {
        return rfc3339 == null
                ? Html.of("span", "soft", "–")
                : Html.of("time", "", rfc3339.replace('T', ' ').replaceFirst("\\.\\d+Z$", " UTC"))
                        .attr("datetime", rfc3339);
    }

    static Html empty(String text) {
        return Html.of("p", "empty", text);
    }

    /** Something that cannot be shown, and why. */
    static String problem(@Nullable Session session, String title, String message) {
        return page(
                title,
                session,
                "",
                Html.of("section", "card narrow", "")
                        .add(
                                Html.of("h1", "", title),
                                Html.of("p", "", message),
                                Html.link("/console", "Back to the console")));
    }
}
