package ai.bctrl.junit.internal.report;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.BrowserScope;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The report in a real browser, opened as a file. */
@Timeout(120)
@BctrlBrowser(scope = BrowserScope.CLASS)
@TestInstance(Lifecycle.PER_CLASS)
class ReportBrowserIT {
    private static final int TESTS = 200;
    /** Has a bundle in the older run to be compared with. */
    private static final String FAILED = SampleRun.name(3);

    private static final String FLAKY = SampleRun.name(7);

    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
    private @Nullable Path report;
    private @Nullable Path runs;

    @BeforeAll
    void writeRuns(@TempDir Path directory) throws IOException {
        runs = directory;
        new SampleRun(directory.resolve("20261121-063000-0fff")).writePassing(20);
        report = RunReport.write(new SampleRun(directory.resolve("20261122-063000-1a2b")).write(TESTS));
    }

    /** Whatever the page is given: no error, no breach of its policy, no dialog, nothing from elsewhere. */
    @BeforeEach
    void listen(Page page) {
        complaints.clear();
        page.onConsoleMessage(message -> complaints.add(message.text()));
        page.onPageError(complaints::add);
        page.onDialog(dialog -> {
            complaints.add("dialog " + dialog.message());
            dialog.dismiss();
        });
        page.onRequest(request -> {
            if (!request.url().startsWith("file:") && !request.url().startsWith("data:")) {
                complaints.add("request " + request.url());
            }
        });
        page.setViewportSize(1366, 860);
    }

    @AfterEach
    void nothingWasWrong() {
        assertThat(complaints).isEmpty();
    }

    @Test
    void countsOutcomesAndFiltersByThem(Page page) {
        open(page, "");
        long failed = IntStream.range(0, TESTS).filter(SampleRun::fails).count();
        long flaky = IntStream.range(0, TESTS).filter(SampleRun::isFlaky).count();
        assertThat(tile(page, "Failed")).hasText(Pattern.compile("^" + failed + "\\s*Failed$"));
        assertThat(tile(page, "Flaky")).hasText(Pattern.compile("^" + flaky + "\\s*Flaky$"));
        tile(page, "Flaky").click();
        assertThat(page.locator(".row")).hasCount((int) flaky);
        assertThat(page.locator(".row").first()).containsText("2 attempts");
        assertThat(tile(page, "Flaky")).hasAttribute("aria-pressed", "true");
        tile(page, "Flaky").click();
        assertThat(page.getByRole(AriaRole.STATUS)).hasText(TESTS + " tests");
    }

    @Test
    void filtersByOriginAndSearches(Page page) {
        open(page, "");
        page.getByLabel("Origin").selectOption("page-crash");
        assertThat(page.locator(".row .origin")).not().hasCount(0);
        assertThat(page.locator(".row").first()).containsText("the page crashed");
        page.getByLabel("Origin").selectOption("");
        page.getByRole(AriaRole.SEARCHBOX).fill("ks-1003");
        assertThat(page.locator(".row")).hasCount(1);
        assertThat(page.locator(".row mark")).hasText("KS-1003");
        page.getByRole(AriaRole.SEARCHBOX).fill("there is no such test");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("No test matches.");
        page.getByRole(AriaRole.SEARCHBOX).press("Escape");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText(TESTS + " tests");
    }

    @Test
    void sorts(Page page) {
        open(page, "");
        assertThat(page.locator(".row").first()).hasClass(Pattern.compile("failed"));
        page.getByLabel("Sort").selectOption("start");
        assertThat(page.locator(".row b").first()).hasText("buysWithCreditCard");
        page.getByLabel("Sort").selectOption("name");
        assertThat(page.locator(".row").first()).containsText("AddressBookTest.");
    }

    @Test
    void showsPicturesThatNeedNoFile(Page page) {
        open(page, "");
        Locator thumbnail = page.locator("img.thumb").first();
        assertThat(thumbnail).hasAttribute("src", Pattern.compile("^data:image/jpeg;base64,"));
        assertThat(thumbnail.evaluate("image => image.decode().then(() => image.naturalWidth)"))
                .isEqualTo(320);
    }

    @Test
    void isUsedWithTheKeyboard(Page page) {
        open(page, "");
        page.keyboard().press("/");
        assertThat(page.getByRole(AriaRole.SEARCHBOX)).isFocused();
        page.keyboard().type("findsByColour");
        page.keyboard().press("ArrowDown");
        assertThat(page.locator(".row").first()).isFocused();
        page.keyboard().press("j");
        assertThat(page.locator(".row").nth(1)).isFocused();
        page.keyboard().press("k");
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText(FAILED);
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Summary"))
                .focus();
        page.keyboard().press("ArrowRight");
        Locator compare = page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Compare"));
        assertThat(compare).isFocused();
        assertThat(compare).hasAttribute("aria-selected", "true");
        assertThat(page.locator(".panel")).containsText("which passed");
        page.keyboard().press("Escape");
        assertThat(page.locator(".row").first()).isFocused();
        assertThat(page.getByRole(AriaRole.SEARCHBOX)).hasValue("findsByColour");
        page.keyboard().press("?");
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("next, previous test");
    }

    @Test
    void tellsWhatFailed(Page page) {
        open(page, FAILED);
        assertThat(page.locator("h1")).hasText(FAILED);
        assertThat(page.locator(".verdict-box")).containsText("The test itself has an error");
        assertThat(page.locator(".verdict-box")).containsText("the test method, CheckoutTest.java:34");
        assertThat(page.locator(".verdict-box")).containsText("/orders/KS-1003");
        assertThat(page.locator("tr.bad")).containsText("failed here");
        assertThat(page.locator(".viewport img").evaluate("image => image.decode().then(() => image.naturalWidth)"))
                .isEqualTo(1280);
        assertThat(page.locator(".full img").evaluate("image => image.decode().then(() => image.naturalHeight)"))
                .isEqualTo(2400);
        page.locator(".viewport button").click();
        assertThat(page.getByRole(AriaRole.DIALOG).locator("img")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
        page.getByText("Open trace").click();
        assertThat(page.locator(".how")).containsText("./bctrl report DIR");
        assertThat(page.getByText("Open replay")).hasCount(0);
        assertThat(page.locator(".pairs").getByText("HeadlessChrome/156.0.8078.79"))
                .isVisible();
    }

    @Test
    void showsEachKindOfEvidence(Page page) {
        open(page, FAILED);
        tab(page, "Actions");
        assertThat(page.locator(".panel").locator("tbody tr")).hasCount(8);
        tab(page, "Console");
        page.getByLabel("Show").selectOption("error");
        assertThat(page.locator(".panel").locator("tbody tr")).hasCount(1);
        assertThat(page.locator("tr.bad")).containsText("the server responded with a status of 500");
        tab(page, "Network");
        assertThat(page.locator("tr.bad")).hasCount(2);
        page.locator("tr.bad").first().click();
        assertThat(page.locator(".below").locator("visible=true")).containsText("stock is locked");
        page.getByLabel("Search the requests").fill("/api/items/7");
        assertThat(page.locator(".panel").locator("tr.openable")).hasCount(1);
        tab(page, "DOM");
        page.getByLabel("Search the source").fill("id=\"confirmation\"");
        assertThat(page.locator(".line.hit")).containsText("KS-0000");
        assertThat(page.locator("#confirmation")).hasCount(0);
        tab(page, "ARIA");
        assertThat(page.locator(".source")).containsText("heading \"Kite shop\"");
        tab(page, "Events");
        assertThat(page.locator(".panel")).containsText("connection.attached");
        tab(page, "Files");
        assertThat(page.locator(".panel")).containsText("Page.captureSnapshot took longer than 2 s");
        assertThat(page.locator(".panel")
                        .locator("a", new Locator.LocatorOptions().setHasText("trace.zip"))
                        .evaluate("link => link.href"))
                .isEqualTo(bundleOf(FAILED) + "trace.zip");
    }

    @Test
    void comparesWithAPassingAttempt(Page page) {
        open(page, FAILED + "/1/compare");
        Locator panel = page.locator(".panel");
        assertThat(panel).containsText("attempt-1 of run 20261121-063000-0fff");
        assertThat(panel.locator("figure img")).hasCount(2);
        assertThat(panel.locator("tbody tr.bad")).containsText("500");
        assertThat(panel.locator("tbody tr.bad")).containsText("201");
        assertThat(panel.locator(".only").getByText("Cannot read properties")).isVisible();
        assertThat(panel.locator(".diff .minus").getByText("KS-0000").first()).isVisible();
        assertThat(panel.locator(".diff .plus").getByText("KS-1001").first()).isVisible();
        assertThat(panel).containsText("took 88 ms where it passed, and 5.00 s here");
        assertThat(panel.getByRole(AriaRole.TABLE, new Locator.GetByRoleOptions().setName("Phases")))
                .containsText("+5.00 s");
    }

    @Test
    void hasALinkForEachTestAttemptAndTab(Page page) {
        open(page, FLAKY);
        assertThat(page.locator(".verdict-box")).hasClass(Pattern.compile("failed"));
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Attempt 2"))
                .click();
        assertThat(page.locator(".verdict-box")).containsText("This attempt passed");
        assertThat(page).hasURL(requireNonNull(report).toUri() + "#" + FLAKY + "/2");
        open(page, FLAKY + "/1/network");
        assertThat(page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Network")))
                .hasAttribute("aria-selected", "true");
        page.goBack();
        assertThat(page.locator(".verdict-box")).containsText("This attempt passed");
        open(page, "Nobody.knows");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("This report has no test of that name.");
    }

    @Test
    void staysFluentWithAThousandTests(Page page) throws IOException {
        Path thousand = new SampleRun(requireNonNull(runs).resolve("thousand"))
                .withoutBundles()
                .write(1000);
        page.navigate(RunReport.write(thousand).toUri().toString());
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("1000 tests");
        assertThat(page.locator(".row").count()).isLessThan(60);
        page.getByLabel("Sort").selectOption("name");
        page.keyboard().press("Escape");
        page.evaluate("() => window.scrollTo(0, document.body.scrollHeight)");
        assertThat(page.locator("li[aria-posinset='1000']")).isVisible();
        assertThat(page.locator("li[aria-posinset='1']")).hasCount(0);
        assertThat(page.locator(".row").count()).isLessThan(60);
        page.getByRole(AriaRole.SEARCHBOX).fill("sortsByPrice[3]");
        assertThat(page.locator(".row b").first()).hasText("sortsByPrice[3]");
        page.locator(".row").first().click();
        assertThat(page.locator("h1")).containsText("sortsByPrice[3]");
        page.keyboard().press("Escape");
        assertThat(page.locator(".row").first()).isFocused();
    }

    @Test
    void keepsHostileTextAText(Page page) throws IOException {
        Path hostile =
                new SampleRun(requireNonNull(runs).resolve("hostile")).hostile().write(8);
        page.navigate(RunReport.write(hostile).toUri().toString());
        assertThat(page.locator(".row")).hasCount(8);
        assertThat(page.locator(".row").first()).containsText("</script><img src=x");
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).containsText("</script><img src=x");
        for (String tab :
                List.of("Compare", "Actions", "Console", "Network", "DOM", "ARIA", "Events", "Files", "Summary")) {
            if (page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(tab))
                            .count()
                    > 0) {
                tab(page, tab);
                assertThat(page.locator(".panel")).not().isEmpty();
            }
        }
        assertThat(page.locator("img[src=x]")).hasCount(0);
        assertThat(page.locator("script:not([type])")).hasCount(1);
    }

    @Test
    void fitsANarrowWindow(Page page) {
        page.setViewportSize(390, 844);
        for (String place : List.of(
                "", FAILED, FAILED + "/1/compare", FAILED + "/1/network", FAILED + "/1/dom", FAILED + "/1/files")) {
            open(page, place);
            assertThat(page.locator("main > *")).isVisible();
            assertThat(page.locator(".note").getByText("Comparing")).hasCount(0);
            assertThat(page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"))
                    .as(place)
                    .isEqualTo(true);
        }
    }

    @Test
    void followsTheColoursOfTheSystemUntilToldOtherwise(Page page) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        open(page, "");
        assertThat(page.locator("body")).hasCSS("background-color", "rgb(17, 20, 27)");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Colours"))
                .click();
        assertThat(page.locator("body")).hasCSS("background-color", "rgb(246, 247, 249)");
        page.reload();
        assertThat(page.locator("body")).hasCSS("background-color", "rgb(246, 247, 249)");
    }

    @Test
    void showsOneAttemptAlone(Page page) throws IOException {
        Path attempt = Path.of(java.net.URI.create(bundleOf(FAILED)));
        page.navigate(AttemptReport.write(attempt).toUri().toString());
        assertThat(page.locator("h1")).hasText(FAILED);
        assertThat(page.locator(".viewport img")).isVisible();
        tab(page, "Compare");
        assertThat(page.locator(".panel")).containsText("20261121-063000-0fff");
        Files.delete(attempt.resolve("index.html"));
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Run 20261122-063000-1a2b"))
                .click();
        assertThat(page).hasURL(requireNonNull(report).toUri() + "#" + FAILED);
        assertThat(page.locator("h1")).hasText(FAILED);
    }

    private void open(Page page, String place) {
        String hash = URLEncoder.encode(place, StandardCharsets.UTF_8).replace("%2F", "/");
        page.navigate(requireNonNull(report).toUri() + (place.isEmpty() ? "" : "#" + hash));
    }

    private String bundleOf(String name) {
        String test = name.substring(name.indexOf('.') + 1);
        return requireNonNull(report).resolveSibling("com.acme.shop.SignInTest").toUri() + test + "/attempt-1/";
    }

    private static Locator tile(Page page, String outcome) {
        return page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Filter by outcome"))
                .getByRole(AriaRole.BUTTON)
                .filter(new Locator.FilterOptions().setHasText(outcome));
    }

    private static void tab(Page page, String name) {
        Locator tab = page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name));
        tab.click();
        assertThat(tab).hasAttribute("aria-selected", "true");
    }
}
