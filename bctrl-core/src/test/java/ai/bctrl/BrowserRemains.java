package ai.bctrl;

import ai.bctrl.model.Isolation;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/**
 * What is left of browsers below this JVM once no test uses one. With isolation {@code process} that is each of their
 * processes. With {@code context} (the setting {@code bctrl.isolation}) the Chromium which runtimes shared may stay, as the
 * control plane keeps it for the next ones; what is left is what they have in it: contexts and pages. Stateless.
 */
public final class BrowserRemains {
    private static final String DIRECTORY = "--user-data-dir=";
    private static final long PATIENCE_SECONDS = 5;

    private BrowserRemains() {}

    /** {@return what the tests of this JVM shall use: {@code bctrl.isolation}, or {@code BCTRL_ISOLATION}, or a process} */
    public static Isolation isolation() {
        String environment = System.getenv("BCTRL_ISOLATION");
        String wanted = System.getProperty("bctrl.isolation", environment == null ? "process" : environment);
        return Isolation.valueOf(wanted.toUpperCase(Locale.ROOT));
    }

    /** A browser that runtimes share. */
    private record Shared(ProcessHandle process, Path profile) {}

    /** {@return a few words for each thing that is left; a browser that is just ending counts} */
    public static List<String> now() {
        List<ProcessHandle> processes = processes();
        List<Shared> shared = shared(processes);
        List<String> left = new ArrayList<>();
        for (Shared browser : shared) {
            left.addAll(whatIsIn(browser));
        }
        List<ProcessHandle> mayStay = shared.stream().map(Shared::process).toList();
        processes.stream()
                .filter(process -> !belongsTo(mayStay, process))
                .forEach(process -> left.add("process " + process.pid()));
        return left;
    }

    /** {@return the main processes of shared browsers; none where each runtime has its own} */
    public static List<ProcessHandle> shared() {
        return shared(processes()).stream().map(Shared::process).toList();
    }

    private static List<ProcessHandle> processes() {
        return ProcessHandle.current()
                .descendants()
                .filter(BrowserRemains::isOfABrowser)
                .toList();
    }

    private static List<Shared> shared(List<ProcessHandle> processes) {
        List<Shared> shared = new ArrayList<>();
        if (isolation() == Isolation.CONTEXT) {
            for (ProcessHandle process : processes) {
                boolean isMain =
                        process.parent().filter(BrowserRemains::isOfABrowser).isEmpty();
                profile(process)
                        .filter(path -> isMain && path.toString().contains("/shared-"))
                        .ifPresent(path -> shared.add(new Shared(process, path)));
            }
        }
        return shared;
    }

    private static boolean isOfABrowser(ProcessHandle process) {
        return process.info().command().orElse("").contains("chrom");
    }

    private static boolean belongsTo(List<ProcessHandle> browsers, ProcessHandle process) {
        ProcessHandle above = process;
        while (above != null && !browsers.contains(above)) {
            above = above.parent().orElse(null);
        }
        return above != null;
    }

    private static Optional<Path> profile(ProcessHandle process) {
        return words(process).stream()
                .filter(word -> word.startsWith(DIRECTORY))
                .map(word -> Path.of(word.substring(DIRECTORY.length())))
                .findFirst();
    }

    private static List<String> words(ProcessHandle process) {
        try {
            // ProcessHandle knows the first 4 kB of a command at most.
            return Arrays.asList(Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline"))
                    .split("[\0 ]"));
        } catch (IOException elsewhere) {
            return process.info()
                    .arguments()
                    .map(arguments -> Arrays.asList(arguments))
                    .orElse(List.of());
        }
    }

    /** The browser itself is asked, and not the filter that a control plane puts before it. */
    private static List<String> whatIsIn(Shared browser) {
        List<String> found = new ArrayList<>();
        try {
            List<String> address = Files.readAllLines(browser.profile().resolve("DevToolsActivePort"));
            String devTools = "ws://127.0.0.1:" + String.join("", address);
            try (Conversation conversation = new Conversation(devTools)) {
                for (JsonElement context :
                        conversation.ask("Target.getBrowserContexts").getAsJsonArray("browserContextIds")) {
                    found.add("context " + context.getAsString() + " of browser "
                            + browser.process().pid());
                }
                for (JsonElement target : conversation.ask("Target.getTargets").getAsJsonArray("targetInfos")) {
                    found.add(target.getAsJsonObject().get("type").getAsString() + " "
                            + target.getAsJsonObject().get("url").getAsString() + " of browser "
                            + browser.process().pid());
                }
            }
        } catch (IOException silent) {
            found.add("browser " + browser.process().pid() + ", which does not answer: " + silent);
        }
        return found;
    }

    /** A connection to DevTools on which one command is answered after the other. */
    private static final class Conversation extends WebSocketListener implements AutoCloseable {
        private final OkHttpClient client = new OkHttpClient();
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final WebSocket socket;

        Conversation(String devTools) {
            this.socket =
                    client.newWebSocket(new Request.Builder().url(devTools).build(), this);
        }

        JsonObject ask(String method) throws IOException {
            socket.send("{\"id\":1,\"method\":\"" + method + "\"}");
            try {
                String answer = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (answer == null || answer.isEmpty()) {
                    throw new IOException("no answer to " + method);
                }
                return JsonParser.parseString(answer).getAsJsonObject().getAsJsonObject("result");
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException(interrupted);
            }
        }

        @Override
        public void onMessage(WebSocket from, String text) {
            messages.add(text);
        }

        @Override
        public void onFailure(WebSocket from, Throwable failure, @Nullable Response response) {
            messages.add("");
        }

        @Override
        public void close() {
            socket.cancel();
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        }
    }
}
