package ai.bctrl.local.internal.live;

import org.jspecify.annotations.Nullable;

/**
 * Why there is nothing to see (any more), for people. Immutable.
 *
 * @param code the WebSocket's close code
 * @param reason one word for programs
 * @param title a few words
 * @param message a sentence or two, that also say what to do
 * @param replay address of the replay; null if there is none, or none for this viewer
 * @param console path of the run's page in the console, which asks for the API key; null if the run is not known
 */
record ViewEnd(
        int code,
        String reason,
        String title,
        String message,
        @Nullable String replay,
        @Nullable String console) {

    static ViewEnd unknown() {
        return new ViewEnd(
                4404,
                "unknown",
                "This link is not known",
                "It is mistyped, or it was made before the control plane was started again. Ask for a new one.",
                null,
                null);
    }

    static ViewEnd expired(String runId) {
        return new ViewEnd(
                4410,
                "expired",
                "This link has expired",
                "Ask for a new one to watch on. Once the run is over, its replay is in the console.",
                null,
                console(runId));
    }

    static ViewEnd revoked(String runId) {
        return new ViewEnd(
                4403,
                "revoked",
                "This link was taken back",
                "Ask the one who gave it to you for a new one. The run and its replay are in the console.",
                null,
                console(runId));
    }

    static ViewEnd ended(String runId, String how, @Nullable String replay) {
        return new ViewEnd(
                4409,
                "ended",
                "The run is over",
                sentence(how) + (replay == null ? " There is no replay of it." : " Its replay shows what happened."),
                replay,
                console(runId));
    }

    static ViewEnd shuttingDown() {
        return new ViewEnd(1001, "closed", "The control plane has ended", "Its browsers ended with it.", null, null);
    }

    static ViewEnd unreachable(String runId) {
        return new ViewEnd(
                4502,
                "unreachable",
                "The browser cannot be reached",
                "It may be ending. Load this page again to try once more.",
                null,
                console(runId));
    }

    private static String console(String runId) {
        return "/console/runs/" + runId;
    }

    private static String sentence(String how) {
        String upper = how.isEmpty() ? "It has ended" : Character.toUpperCase(how.charAt(0)) + how.substring(1);
        return upper.endsWith(".") ? upper : upper + ".";
    }
}
