package ai.bctrl.failures;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.BrowserSpec;
import ai.bctrl.junit.evidence.TraceLevel;
import ai.bctrl.local.LocalBctrl;
import ai.bctrl.local.LocalOptions;
import ai.bctrl.runtime.RuntimeLease;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.Cookie;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Plants a secret in each place that a failing test can leave one, and looks for them in all that is kept of it. */
@Timeout(300)
class SecretsBrowserIT {
    private static final String API_KEY = "bctrl_Kx5ecretOfTheService7Z";
    private static final int MASK = 0xFFFF00FF;

    /** What the tests inside see of this one. */
    private record Stage(Canaries canaries, SecretsSite site, Map<String, BoundingBox> boxes) {}

    private static final AtomicReference<@Nullable Stage> STAGE = new AtomicReference<>();

    @ParameterizedTest
    @EnumSource(TraceLevel.class)
    void nothingThatIsKeptHoldsASecret(TraceLevel level, @TempDir Path directory) throws IOException {
        Canaries canaries = new Canaries();
        canaries.add("key of the service", API_KEY);
        Map<String, BoundingBox> boxes = new HashMap<>();
        LauncherRun.Ended ended;
        try (SecretsSite site = new SecretsSite(canaries);
                LocalBctrl service = LocalBctrl.start(LocalOptions.builder()
                        .port(0)
                        .apiKey(API_KEY)
                        .noSandbox(true)
                        .build())) {
            STAGE.set(new Stage(canaries, site, boxes));
            ended = new LauncherRun(directory.resolve("evidence"))
                    .with("bctrl.baseUrl", service.baseUrl())
                    .with("bctrl.apiKey", API_KEY)
                    .with("bctrl.trace", level.name())
                    .with("bctrl.redactNames", "loyaltyNumber")
                    .with("bctrl.redactPattern", "CUST-[A-Za-z0-9]+")
                    .with("bctrl.redactSelector", "#whisper")
                    .of(LeakyCases.class);
        }
        assertThat(ended.thrown()).singleElement().satisfies(failure -> {
            assertThat(failure).hasMessageStartingWith("[application assertion] innocent-assertion");
            assertThat(String.valueOf(failure.getMessage()).lines().skip(1))
                    .allSatisfy(line -> assertThat(canaries.in(line)).as(line).isEmpty());
        });
        Map<String, String> kept = KeptTexts.below(directory.resolve("evidence"));
        assertThat(kept.keySet())
                .anyMatch(name -> name.endsWith("/attempt-1/index.html"))
                .anyMatch(name -> name.matches("[^/]+/index.html"))
                .anyMatch(name -> name.matches("[^/]+/results-.*\\.jsonl"))
                .anyMatch(name -> name.matches("[^/]+/run.json"));
        Map<String, Set<String>> leaks = new TreeMap<>();
        kept.forEach((name, text) -> {
            Set<String> found = canaries.in(text);
            if (!found.isEmpty()) {
                leaks.put(name.substring(name.indexOf('/') + 1), found);
            }
        });
        assertThat(leaks).isEmpty();
        assertInnocent(level, kept);
        KeptBundle bundle = KeptBundle.below(directory.resolve("evidence")).stream()
                .findFirst()
                .orElseThrow();
        bundle.check();
        for (String picture : List.of("page-1.png", "page-1.full.png")) {
            assertMasked(ImageIO.read(bundle.directory().resolve(picture).toFile()), boxes);
        }
    }

    private static void assertInnocent(TraceLevel level, Map<String, String> kept) {
        holds(kept, "network.har", "basic request-header answer-header json-post json-answer multipart redirect query");
        holds(kept, "network.har", "user uploaded done theme customer inner");
        for (String page : List.of("page-1.html", "page-1.mhtml", "page-1.aria.yaml")) {
            holds(kept, page, "customer echo user");
        }
        holds(kept, "page-1.mhtml", "inner");
        holds(kept, "statement.txt", "download");
        holds(kept, "failure.json", "assertion query fragment display");
        holds(kept, "failure.txt", "assertion");
        holds(kept, "failure.md", "assertion customer display");
        holds(kept, ".jsonl", "assertion query fragment display");
        holds(kept, "attempt-1/index.html", "assertion json-answer customer display");
        holds(kept, "index.html", "assertion json-answer customer display");
        if (level != TraceLevel.OFF) {
            holds(kept, "console.json", "console-pair console-colon console-object console-json console-bearer");
            holds(kept, "console.json", "storage mood cookies theme address query key lease page-error");
            holds(kept, "actions.json", "query typed");
            holds(kept, "trace.zip", "typed console-object");
        }
        if (level.compareTo(TraceLevel.SNAPSHOTS) >= 0) {
            holds(kept, "trace.zip", "customer echo answer-header");
        }
    }

    private static void holds(Map<String, String> kept, String name, String words) {
        String text = file(kept, name);
        assertThat(Stream.of(words.split(" ")).filter(word -> !text.contains("innocent-" + word)))
                .as("innocent words that %s lacks", name)
                .isEmpty();
    }

    /** {@return the text of the file in the bundle, or else in the run, whose name ends so} */
    private static String file(Map<String, String> kept, String end) {
        return kept.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(end) || entry.getKey().contains("-1-" + end))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + end + " in " + kept.keySet()));
    }

    private static void assertMasked(BufferedImage picture, Map<String, BoundingBox> boxes) {
        for (String secret : List.of("#filled", "#pressed", "#keyed", "#card", "#named", "#whisper", "same", "cross")) {
            assertThat(colours(picture, requireNonNull(boxes.get(secret), secret)))
                    .as(secret)
                    .containsExactly(MASK);
        }
        assertThat(colours(picture, requireNonNull(boxes.get("#user")))).hasSizeGreaterThan(1);
    }

    /** {@return the colours of an element, without its edge: that may lie between two pixels} */
    private static Set<Integer> colours(BufferedImage picture, BoundingBox box) {
        Set<Integer> colours = new HashSet<>();
        for (int x = (int) box.x + 2; x < box.x + box.width - 2; x++) {
            for (int y = (int) box.y + 2; y < box.y + box.height - 2; y++) {
                colours.add(picture.getRGB(x, y) | 0xFF000000);
            }
        }
        return colours;
    }

    private static Stage stage() {
        return requireNonNull(STAGE.get());
    }

    @BctrlBrowser(spec = WithCredentials.class)
    static class LeakyCases {
        static Stream<String> passwords() {
            return Stream.of(stage().canaries().plain("argument"));
        }

        @ParameterizedTest(name = "innocent-display {0}")
        @MethodSource("passwords")
        void fails(String password, Page page, BrowserContext context, RuntimeLease lease) {
            Canaries canaries = stage().canaries();
            String origin = stage().site().origin();
            page.setViewportSize(900, 700);
            page.navigate(origin + "/basic");
            context.addCookies(List.of(new Cookie("access_token", canaries.plain("added-cookie")).setUrl(origin)));
            context.setExtraHTTPHeaders(Map.of("Authorization", "Bearer " + canaries.plain("header")));
            page.navigate(origin + "/shop?q=innocent-query&token=" + canaries.plain("query")
                    + "#view=innocent-fragment&access_token=" + canaries.plain("fragment"));
            assertThat(page).hasTitle("Ready");
            page.locator("#user").fill("innocent-user innocent-typed");
            page.locator("#pressed").pressSequentially(password + canaries.plain("pressed"));
            page.locator("#shown").fill(password);
            page.locator("#keyed").click();
            page.keyboard().type(canaries.plain("typed"));
            page.locator("#card").fill(canaries.plain("card"));
            page.locator("#named").click();
            page.keyboard().type(canaries.plain("named field"));
            page.frameLocator("#same").getByLabel("Inner").fill(canaries.odd("inner same origin"));
            page.frameLocator("#cross").getByLabel("Inner").fill(canaries.odd("inner cross origin"));
            page.getByText("Send").click();
            assertThat(page.frameLocator("[name=sink]").getByText("innocent-done"))
                    .isVisible();
            page.waitForDownload(() -> page.getByText("Statement").click()).path();
            print(page, "password: " + canaries.plain("colon") + " innocent-console-colon");
            print(page, "innocent-key " + API_KEY);
            print(page, "innocent-lease " + lease.cdpUrl());
            canaries.add("signature", lease.cdpUrl().replaceFirst(".*[=]", ""));
            note(page);
            page.locator("#filled").fill(canaries.odd("filled"));
            fail("innocent-assertion: the cookie is " + canaries.plain("server-cookie"));
        }

        private static void print(Page page, String text) {
            page.evaluate("text => console.log(text)", text);
        }

        private static void note(Page page) {
            for (String selector : List.of("#filled", "#pressed", "#keyed", "#card", "#named", "#whisper", "#user")) {
                note(selector, page.locator(selector));
            }
            note("same", page.frameLocator("#same").getByLabel("Inner"));
            note("cross", page.frameLocator("#cross").getByLabel("Inner"));
        }

        private static void note(String name, Locator locator) {
            stage().boxes().put(name, requireNonNull(locator.boundingBox()));
        }
    }

    /** Knows a password. */
    static final class WithCredentials implements BrowserSpec {
        @Override
        public void context(Browser.NewContextOptions options) {
            options.setHttpCredentials("innocent-name", stage().canaries().plain("basic"));
        }
    }
}
