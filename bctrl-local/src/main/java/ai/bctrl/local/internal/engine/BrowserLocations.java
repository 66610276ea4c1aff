package ai.bctrl.local.internal.engine;

import ai.bctrl.local.internal.engine.ChromiumDiscovery.Found;
import ai.bctrl.local.internal.engine.ChromiumDiscovery.Kind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where browsers lie on each kind of system, best first. Immutable; looks at the disk on each call. */
final class BrowserLocations {

    /** Wrappers that are shell scripts, and what they start; they cost time and add flags nobody asked for. */
    private static final Map<String, List<String>> WRAPPED = Map.of(
            "/usr/bin/chromium", List.of("/usr/lib/chromium/chromium"),
            "/usr/bin/chromium-browser",
                    List.of("/usr/lib64/chromium-browser/chromium-browser", "/usr/lib/chromium/chromium"),
            "/usr/bin/chromium-headless-shell", List.of("/usr/lib/chromium/chromium-headless-shell"),
            "/usr/bin/google-chrome", List.of("/opt/google/chrome/chrome"),
            "/usr/bin/google-chrome-stable", List.of("/opt/google/chrome/chrome"),
            "/usr/bin/microsoft-edge", List.of("/opt/microsoft/msedge/msedge"),
            "/usr/bin/microsoft-edge-stable", List.of("/opt/microsoft/msedge/msedge"));

    private final HostEnvironment host;

    BrowserLocations(HostEnvironment host) {
        this.host = host;
    }

    /** Every place to look at, in order, whether something is there or not. */
    List<Found> candidates() {
        List<Found> all = new ArrayList<>();
        switch (host.system()) {
            case LINUX -> linux(all);
            case MACOS -> macos(all);
            case WINDOWS -> windows(all);
        }
        playwright(all);
        return all.stream().distinct().toList();
    }

    /** The binary behind a known wrapper, or the path itself. */
    Path unwrapped(Path path) {
        for (Map.Entry<String, List<String>> wrapper : WRAPPED.entrySet()) {
            if (path.equals(host.at(wrapper.getKey()))) {
                return wrapper.getValue().stream()
                        .map(host::at)
                        .filter(HostEnvironment::isProgram)
                        .findFirst()
                        .orElse(path);
            }
        }
        return path;
    }

    private void linux(List<Found> all) {
        programs(all, Kind.HEADLESS_SHELL, List.of("chromium-headless-shell", "chrome-headless-shell"));
        add(all, Kind.HEADLESS_SHELL, host.at("/usr/lib/chromium/chromium-headless-shell"));
        programs(all, Kind.CHROMIUM, List.of("chromium"));
        add(all, Kind.CHROMIUM, host.at("/usr/lib/chromium/chromium"));
        programs(all, Kind.CHROMIUM, List.of("chromium-browser"));
        programs(all, Kind.CHROME, List.of("google-chrome", "google-chrome-stable"));
        add(all, Kind.CHROME, host.at("/opt/google/chrome/chrome"));
        programs(all, Kind.EDGE, List.of("microsoft-edge", "microsoft-edge-stable"));
        add(all, Kind.EDGE, host.at("/opt/microsoft/msedge/msedge"));
    }

    private void macos(List<Found> all) {
        programs(all, Kind.HEADLESS_SHELL, List.of("chromium-headless-shell", "chrome-headless-shell"));
        application(all, Kind.CHROMIUM, "Chromium");
        programs(all, Kind.CHROMIUM, List.of("chromium"));
        application(all, Kind.CHROME, "Google Chrome");
        application(all, Kind.EDGE, "Microsoft Edge");
    }

    private void application(List<Found> all, Kind kind, String name) {
        String inside = name + ".app/Contents/MacOS/" + name;
        add(all, kind, host.at("/Applications/" + inside));
        add(all, kind, host.home().resolve("Applications").resolve(inside));
    }

    private void windows(List<Found> all) {
        programs(all, Kind.HEADLESS_SHELL, List.of("chrome-headless-shell.exe"));
        installed(all, Kind.CHROMIUM, "Chromium/Application/chrome.exe");
        installed(all, Kind.CHROME, "Google/Chrome/Application/chrome.exe");
        installed(all, Kind.EDGE, "Microsoft/Edge/Application/msedge.exe");
    }

    private void installed(List<Found> all, Kind kind, String inside) {
        for (String variable : List.of("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA")) {
            String directory = host.variable(variable);
            if (directory != null) {
                add(all, kind, Path.of(directory).resolve(inside));
            }
        }
    }

    private void programs(List<Found> all, Kind kind, List<String> names) {
        for (String name : names) {
            host.onPath(name).forEach(path -> add(all, kind, path));
        }
    }

    private void add(List<Found> all, Kind kind, Path path) {
        all.add(new Found(unwrapped(path), kind));
    }

    /** Playwright keeps {@code chromium-<revision>/<platform>/<program>}; the newest revision is the best. */
    private void playwright(List<Found> all) {
        Path cache = playwrightCache();
        if (cache == null) {
            return;
        }
        newest(
                all,
                Kind.HEADLESS_SHELL,
                cache,
                "chromium_headless_shell-",
                List.of("chrome-headless-shell", "headless_shell", "chrome-headless-shell.exe", "headless_shell.exe"));
        newest(
                all,
                Kind.CHROMIUM,
                cache,
                "chromium-",
                List.of(
                        "chrome",
                        "Chromium.app/Contents/MacOS/Chromium",
                        "Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
                        "chrome.exe"));
    }

    private void newest(List<Found> all, Kind kind, Path cache, String prefix, List<String> programs) {
        List<Path> revisions = list(cache, prefix + "[0-9]*");
        revisions.sort(Comparator.comparingLong((Path p) -> revision(p, prefix)).reversed());
        int before = all.size();
        for (Path revision : revisions) {
            for (Path platform : list(revision, "*")) {
                for (String program : programs) {
                    Path path = platform.resolve(program);
                    if (Files.exists(path)) {
                        all.add(new Found(path, kind));
                    }
                }
            }
        }
        if (all.size() == before) {
            all.add(new Found(cache.resolve(prefix + "*"), kind));
        }
    }

    private static long revision(Path directory, String prefix) {
        try {
            return Long.parseLong(directory.getFileName().toString().substring(prefix.length()));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static List<Path> list(Path directory, String glob) {
        List<Path> entries = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, glob)) {
                stream.forEach(entries::add);
            } catch (IOException e) {
                return new ArrayList<>();
            }
        }
        Collections.sort(entries);
        return entries;
    }

    private @Nullable Path playwrightCache() {
        String named = host.variable("PLAYWRIGHT_BROWSERS_PATH");
        if (named != null) {
            // Zero means: inside the Node package, which Java does not have.
            return named.equals("0") ? null : Path.of(named);
        }
        return switch (host.system()) {
            case LINUX -> {
                String cache = host.variable("XDG_CACHE_HOME");
                yield (cache == null ? host.home().resolve(".cache") : Path.of(cache)).resolve("ms-playwright");
            }
            case MACOS -> host.home().resolve("Library/Caches/ms-playwright");
            case WINDOWS -> {
                String local = host.variable("LOCALAPPDATA");
                yield (local == null ? host.home().resolve("AppData/Local") : Path.of(local)).resolve("ms-playwright");
            }
        };
    }
}
