package ai.bctrl.samples.demo;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import ai.bctrl.samples.shop.ShopServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the sample tests against the embedded control plane, then the one that fails on purpose, and shows what was kept
 * of it. Ends with status 0 exactly if the others passed and the evidence is there.
 */
public final class Demo {
    private static final int SHOWN_FAILURES = 3;
    private static final Pattern LINK = Pattern.compile("file:/\\S+");
    private static final String FAILING = "ai.bctrl.samples.shop.DeliberatelyFailingDemo";

    private final DemoConsole console;
    private final Launcher launcher;
    private final List<Outcome> outcomes = new ArrayList<>();

    private Demo(DemoConsole console, Launcher launcher) {
        this.console = console;
        this.launcher = launcher;
    }

    /**
     * Runs the demo.
     *
     * @param args none
     * @throws IOException if the evidence cannot be read
     */
    public static void main(String[] args) throws IOException {
        DemoConsole console = new DemoConsole(System.out, charset(), Boolean.getBoolean("bctrl.demo.color"));
        boolean good;
        try (LauncherSession session = LauncherFactory.openSession()) {
            good = new Demo(console, session.getLauncher()).run();
        }
        System.exit(good ? 0 : 1);
    }

    private boolean run() throws IOException {
        long start = System.nanoTime();
        console.title("Tests of Kite Shop, each in a managed browser (time, run, steps to get the browser)");
        execute(LauncherDiscoveryRequestBuilder.request()
                .selectors(selectPackage(ShopServer.class.getPackageName()))
                .filters(ClassNameFilter.includeClassNamePatterns(".*BrowserIT"))
                .build());
        List<Outcome> tests = List.copyOf(outcomes);
        long passed = tests.stream().filter(Outcome::passed).count();
        explain(tests.stream().filter(test -> !test.passed()).toList());

        console.title("A test that fails on purpose");
        outcomes.clear();
        execute(LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(FAILING))
                .build());
        boolean kept = outcomes.size() == 1 && !outcomes.get(0).passed() && showEvidence(outcomes.get(0));

        console.title("Summary");
        console.line(
                "  %d of %d tests passed in %.0f s".formatted(passed, tests.size(), (System.nanoTime() - start) / 1e9));
        console.line(
                kept
                        ? "  the test that fails on purpose failed, and what is needed to understand it was kept"
                        : "  the test that fails on purpose did not fail, or nothing was kept of it");
        return passed == tests.size() && passed > 0 && kept;
    }

    /** Shows the first failures; when many tests fail, it is mostly for the same reason. */
    private void explain(List<Outcome> failed) {
        for (Outcome outcome : failed.stream().limit(SHOWN_FAILURES).toList()) {
            console.title("Failed: " + String.join(" ", outcome.group()) + " " + outcome.name());
            console.block(message(outcome));
        }
        if (failed.size() > SHOWN_FAILURES) {
            console.line("");
            console.line("  and " + (failed.size() - SHOWN_FAILURES) + " more");
        }
    }

    private void execute(LauncherDiscoveryRequest request) {
        launcher.execute(request, new OutcomeListener(outcome -> {
            outcomes.add(outcome);
            console.test(outcome);
        }));
    }

    /** Shows failure and evidence; tells whether there is any evidence. */
    private boolean showEvidence(Outcome outcome) throws IOException {
        console.line("");
        console.block(message(outcome));
        Optional<Path> page = evidencePage(outcome);
        if (page.isEmpty()) {
            return false;
        }
        Path directory = page.get().resolveSibling("");
        console.title("Kept of it in " + directory);
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> all = files.filter(Files::isRegularFile).sorted().toList();
            for (Path file : all) {
                console.line("  %10s  %s".formatted(DemoConsole.size(Files.size(file)), directory.relativize(file)));
            }
        }
        return true;
    }

    /** The page that the failure links to, if it is there. */
    private static Optional<Path> evidencePage(Outcome outcome) {
        Matcher link = LINK.matcher(message(outcome));
        return link.find()
                ? Optional.of(Path.of(URI.create(link.group()))).filter(Files::isRegularFile)
                : Optional.empty();
    }

    /** The failure and what was added to it. */
    private static String message(Outcome outcome) {
        StringBuilder text = new StringBuilder();
        outcome.result().getThrowable().ifPresent(failure -> {
            text.append(text(failure));
            for (Throwable added : failure.getSuppressed()) {
                text.append('\n').append(text(added));
            }
        });
        return text.toString();
    }

    private static String text(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    /** The charset of standard output; JDK 17 and 18 name it differently. */
    private static Charset charset() {
        for (String property : List.of("stdout.encoding", "sun.stdout.encoding")) {
            String name = System.getProperty(property);
            if (name != null && Charset.isSupported(name)) {
                return Charset.forName(name);
            }
        }
        return Charset.defaultCharset();
    }
}
