package ai.bctrl.junit;

import ai.bctrl.error.BctrlException;
import ai.bctrl.model.CreateLiveViewRequest;
import ai.bctrl.model.LiveView;
import ai.bctrl.model.ViewerComponent;
import ai.bctrl.model.ViewerControl;
import ai.bctrl.runtime.RuntimeLease;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells a developer where a browser can be watched and taken over. Immutable.
 *
 * @param wanted whether links are told
 * @param out where they are printed
 */
record LiveLink(boolean wanted, PrintStream out) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** {@return the link of the settings; {@code auto} asks whether this JVM was started for a debugger} */
    static LiveLink of(BctrlSettings.Live settings, PrintStream out) {
        return new LiveLink(
                switch (settings.link()) {
                    case TRUE -> true;
                    case FALSE -> false;
                    case AUTO -> isForDebugger();
                },
                out);
    }

    /** {@return whether this JVM was started for a debugger} */
    static boolean isForDebugger() {
        // Where the process tells its arguments there is no need to start the JVM's whole management.
        return ProcessHandle.current()
                .info()
                .arguments()
                .map(List::of)
                .filter(LiveLink::areAllTold)
                .map(arguments -> isForDebugger(
                        Stream.concat(arguments.stream(), fromEnvironment()).toList()))
                .orElseGet(
                        () -> isForDebugger(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    }

    /** Some may stand in a file that an argument names. */
    private static boolean areAllTold(List<String> arguments) {
        return arguments.stream().noneMatch(argument -> argument.startsWith("@"));
    }

    private static Stream<String> fromEnvironment() {
        return Stream.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")
                .map(System.getenv()::get)
                .filter(Objects::nonNull)
                .flatMap(options -> Arrays.stream(options.strip().split("\\s+", -1)));
    }

    static boolean isForDebugger(List<String> jvmArguments) {
        return jvmArguments.stream()
                .anyMatch(argument -> argument.startsWith("-agentlib:jdwp") || argument.startsWith("-Xrunjdwp"));
    }

    /**
     * Prints the link of a browser that was just opened.
     *
     * @return the link, or null if none is wanted or it does not work, which is printed instead
     */
    @Nullable
    String tell(String test, RuntimeLease lease) {
        if (!wanted) {
            return null;
        }
        try {
            LiveView view = ask(lease);
            out.println("bctrl: watch or take over " + test + ": " + view.iframeUrl());
            return view.iframeUrl();
        } catch (BctrlException none) {
            out.println("bctrl: no live view of " + test + ": " + none.getMessage());
            return null;
        }
    }

    /**
     * {@return a link with which the browser can be steered, known to work}
     *
     * @throws BctrlException if there is none
     */
    static LiveView ask(RuntimeLease lease) {
        LiveView view = lease.liveView(CreateLiveViewRequest.builder()
                .control(ViewerControl.INPUT)
                .components(List.of(ViewerComponent.ACTIVITY))
                .build());
        check(view.iframeUrl());
        return view;
    }

    private static void check(String url) {
        int status;
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout((int) PATIENCE.toMillis());
            connection.setReadTimeout((int) PATIENCE.toMillis());
            try {
                status = connection.getResponseCode();
            } finally {
                connection.disconnect();
            }
        } catch (IOException | IllegalArgumentException | ClassCastException unreachable) {
            // The message would name the address, which lets its reader in.
            throw new BctrlException(
                    "its page cannot be reached from here ("
                            + unreachable.getClass().getSimpleName() + ")",
                    unreachable);
        }
        if (status != HttpURLConnection.HTTP_OK) {
            throw new BctrlException("its page answers with status " + status);
        }
    }
}
