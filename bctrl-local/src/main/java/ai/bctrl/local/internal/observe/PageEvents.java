package ai.bctrl.local.internal.observe;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/** What pages show, and what they ask. Not thread-safe: belongs to its {@link RunObservation}. */
final class PageEvents {

    private static final String DOMAIN = "Page";

    private final RunLog log;
    private final TargetEvents targets;

    PageEvents(RunLog log, TargetEvents targets) {
        this.log = log;
        this.targets = targets;
    }

    void navigated(Moment at, JsonObject params) {
        Target target = at.target();
        JsonObject frame = Fields.object(params, "frame");
        String id = Fields.text(frame, "id");
        if (target == null || id == null) {
            return;
        }
        targets.learnFrame(id, target.pageId);
        String url = Fields.text(frame, "url", "") + Fields.text(frame, "urlFragment", "");
        String unreachable = Fields.text(frame, "unreachableUrl");
        boolean main = target.isPage() && Fields.text(frame, "parentId") == null;
        if (main) {
            target.url = unreachable == null ? url : unreachable;
            target.errorPage = unreachable != null;
            target.crashed = false;
        } else if (url.equals("about:blank") || url.isEmpty()) {
            return;
        }
        String loader = Fields.text(frame, "loaderId", "");
        if (!log.isNews("navigated " + id + " " + loader, at.session())) {
            return;
        }
        EventData data = new EventData()
                .url("url", unreachable == null ? url : unreachable)
                .plain("frameId", id)
                .plain("parentFrameId", Fields.text(frame, "parentId"))
                .flag("main", main)
                .flagIf("errorPage", unreachable != null);
        log.add(at, main ? "page.navigated" : "frame.navigated", data);
    }

    void navigatedWithin(Moment at, JsonObject params) {
        Target target = at.target();
        String id = Fields.text(params, "frameId", "");
        String url = Fields.text(params, "url", "");
        if (target == null || target.authority(DOMAIN) != at.session()) {
            return;
        }
        boolean main = id.equals(target.id) && target.isPage();
        if (main) {
            target.url = url;
        }
        EventData data = new EventData()
                .url("url", url)
                .plain("frameId", id)
                .flag("main", main)
                .flag("withinDocument", true);
        log.add(at, main ? "page.navigated" : "frame.navigated", data);
    }

    void loaded(Moment at, JsonObject params) {
        Target target = at.target();
        if (target == null || !target.isPage() || target.errorPage) {
            return;
        }
        if (log.isFirst("loaded " + target.id + " " + Fields.number(params, "timestamp"))) {
            log.add(at, "page.load", new EventData().url("url", target.url));
        }
    }

    void dialogOpened(Moment at, JsonObject params) {
        Target target = at.target();
        if (isAuthority(at, target)) {
            log.add(
                    at,
                    "dialog.opened",
                    new EventData()
                            .plain("dialogType", Fields.text(params, "type"))
                            .text("message", Fields.text(params, "message"))
                            .url("url", Fields.text(params, "url")));
        }
    }

    void dialogClosed(Moment at, JsonObject params) {
        if (isAuthority(at, at.target())) {
            log.add(at, "dialog.closed", new EventData().flag("accepted", Fields.flag(params, "result")));
        }
    }

    private static boolean isAuthority(Moment at, @Nullable Target target) {
        return target != null && target.authority(DOMAIN) == at.session();
    }
}
