package ai.bctrl.local.internal.recording;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pages of one browser, and which of them is recorded: the newest one that something happens in. Not thread-safe. */
final class BrowserPages {

    private static final String BLANK = "about:blank";

    private final Map<String, Tab> tabs = new LinkedHashMap<>();
    private int opened;
    private @Nullable Tab current;

    /** One page. Not thread-safe. */
    static final class Tab {
        private final String targetId;
        private final int number;
        private String url;
        private @Nullable String sessionId;
        private int pictures;
        private boolean attaching;
        private boolean touched;
        private boolean crashed;
        private boolean hanging;

        private Tab(String targetId, int number, String url) {
            this.targetId = targetId;
            this.number = number;
            this.url = url;
        }

        String targetId() {
            return targetId;
        }

        int number() {
            return number;
        }

        boolean isBlank() {
            return BrowserPages.isBlank(url);
        }

        @Nullable
        String sessionId() {
            return sessionId;
        }

        /** {@return whether a session is still to be had, and nobody was told yet to get one} */
        boolean attach() {
            boolean first = !attaching;
            attaching = true;
            return first;
        }

        void attached(String session) {
            sessionId = session;
        }

        /** Whether it is empty, and nobody has done anything in it yet. */
        boolean isUntouched() {
            return !isUsed() && !touched;
        }

        /** It showed something new. */
        void pictured() {
            pictures++;
        }

        /** It answers or does not; {@return whether that is news} */
        boolean hangs(boolean now) {
            boolean news = now != hanging;
            hanging = now;
            return news;
        }

        boolean isHanging() {
            return hanging;
        }

        boolean hasCrashed() {
            return crashed;
        }

        /** Whether somebody did something in it: an empty page that never changed is nobody's. */
        private boolean isUsed() {
            return !isBlank() || pictures > 1;
        }
    }

    private static boolean isBlank(String url) {
        return url.isEmpty() || url.equals(BLANK);
    }

    /** A page was opened; {@return it, or null if it was known} */
    @Nullable
    Tab opened(String targetId, String url) {
        if (tabs.containsKey(targetId)) {
            return null;
        }
        Tab tab = new Tab(targetId, opened++, url);
        tabs.put(targetId, tab);
        current = tab;
        return tab;
    }

    /** {@return whether the page has another address than before} */
    boolean navigated(String targetId, String url) {
        Tab tab = tabs.get(targetId);
        if (tab == null || tab.url.equals(url) || (tab.isBlank() && isBlank(url))) {
            return false;
        }
        tab.url = url;
        tab.crashed = false;
        return true;
    }

    /** {@return the page that crashed, or null if it is not known} */
    @Nullable
    Tab crashed(String targetId) {
        Tab tab = tabs.get(targetId);
        if (tab != null) {
            tab.crashed = true;
        }
        return tab;
    }

    /** {@return the page that was closed, or null if it was not known} */
    @Nullable
    Tab closed(String targetId) {
        Tab tab = tabs.remove(targetId);
        if (tab != null && tab == current) {
            current = null;
            for (Tab other : tabs.values()) {
                if (other.isUsed()) {
                    current = other;
                }
            }
        }
        return tab;
    }

    /** Something happens in a page; {@return whether another one was recorded until now} */
    boolean use(@Nullable String targetId) {
        Tab tab = targetId == null ? null : tabs.get(targetId);
        if (tab != null) {
            tab.touched = true;
        }
        if (tab == null || tab == current) {
            return false;
        }
        current = tab;
        return true;
    }

    /** {@return the page to record, or null if there is none} */
    @Nullable
    Tab current() {
        return current;
    }
}
