package ai.bctrl.local.internal.engine;

import ai.bctrl.local.internal.engine.ChromiumDiscovery.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes Chromium's command line. */
final class ChromiumFlags {

    /** A test's browser talks to the pages it is sent to and to nobody else, asks no questions and plays no sound. */
    private static final List<String> QUIET = List.of(
            "--no-first-run",
            "--no-default-browser-check",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-quic",
            "--disable-default-apps",
            "--disable-breakpad",
            "--disable-field-trial-config",
            "--disable-component-extensions-with-background-pages",
            "--disable-features=Translate,MediaRouter,OptimizationHints,DialMediaRouteProvider",
            "--disable-search-engine-choice-screen",
            "--password-store=basic",
            "--use-mock-keychain",
            "--mute-audio",
            // A container's /dev/shm is often too small; the temporary directory is not.
            "--disable-dev-shm-usage");

    private ChromiumFlags() {}

    /**
     * The arguments of one browser.
     *
     * @param proxy what the browser shall use, which is not the request's proxy where that wants credentials
     * @param runDirectory a directory of this browser alone; its name in the command line lets a later engine find
     *     processes that survived
     */
    static List<String> of(
            LaunchRequest request, Kind kind, boolean sandbox, @Nullable Proxy proxy, Path profile, Path runDirectory) {
        List<String> flags = new ArrayList<>(QUIET);
        flags.add("--remote-debugging-port=0");
        flags.add("--user-data-dir=" + profile);
        flags.add("--crash-dumps-dir=" + runDirectory);
        if (!sandbox) {
            flags.add("--no-sandbox");
        }
        if (request.headless()) {
            flags.add("--disable-gpu");
            if (kind != Kind.HEADLESS_SHELL) {
                flags.add("--headless=new");
                // The window nobody sees is half of the time a start takes.
                flags.add("--no-startup-window");
            }
        }
        String locale = request.locale();
        if (locale != null) {
            flags.add("--lang=" + locale);
            flags.add("--accept-lang=" + acceptLanguages(locale));
        }
        if (proxy != null) {
            flags.add("--proxy-server=" + proxy.server());
            // Chromium goes around a proxy for loopback unless told not to.
            flags.add("--proxy-bypass-list=<-loopback>");
        }
        if (request.extensions().isEmpty()) {
            flags.add("--disable-extensions");
        } else {
            String directories =
                    request.extensions().stream().map(Path::toString).collect(Collectors.joining(","));
            flags.add("--disable-extensions-except=" + directories);
            flags.add("--load-extension=" + directories);
        }
        flags.addAll(request.arguments());
        return List.copyOf(flags);
    }

    /** {@code de-DE} is understood by who asks for {@code de} as well. */
    private static String acceptLanguages(String locale) {
        int dash = locale.indexOf('-');
        return dash < 0 ? locale : locale + "," + locale.substring(0, dash);
    }
}
