package ai.bctrl.junit.internal.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Writes the directory of a run of a shop's tests: many that pass, some that fail, are flaky or aborted. */
final class SampleRun {
    private static final Instant START = Instant.parse("2026-11-22T06:30:00.123Z");
    private static final String[] CLASSES = {
        "com.acme.shop.CheckoutTest", "com.acme.shop.CartTest", "com.acme.shop.search.SearchTest",
                "com.acme.shop.SignInTest",
        "com.acme.shop.account.AddressBookTest", "com.acme.admin.StockTest", "com.acme.admin.PriceListTest",
                "com.acme.shop.ReturnsTest"
    };
    private static final String[] METHODS = {
        "buysWithCreditCard", "showsTheConfirmationNumber", "keepsTheCartAfterSignIn", "findsByColour",
                "refusesAnEmptyStreet",
        "sortsByPrice", "marksSoldOutItems", "sendsAReceipt", "undoesTheLastChange", "listsDeliveries"
    };
    private static final String[] ORIGINS = {
        "application-assertion",
        "application-assertion",
        "application-timeout",
        "test-error",
        "page-crash",
        "connection-lost"
    };
    private static final String[] MESSAGES = {
        "Locator expected to have text\nExpected: KS-1001\nReceived: KS-0000\n\nCall log:\n  - Assert \"hasText\" with timeout 5000ms",
        "expected: <3> but was: <2> items in the cart",
        "Timeout 5000ms exceeded waiting for getByText(\"Thank you\")",
        "Cannot invoke \"Order.number()\" because \"order\" is null",
        "the page crashed",
        "the connection to the browser was lost: 1006"
    };

    private final Path directory;
    private final StringBuilder lines = new StringBuilder();
    private String hostile = "";

    SampleRun(Path directory) {
        this.directory = directory;
    }

    /** Has every text that comes from a page, or from a test, try to break out. */
    SampleRun hostile() {
        hostile = SampleBundle.HOSTILE;
        return this;
    }

    static boolean fails(int test) {
        return test % 17 == 3;
    }

    static boolean isFlaky(int test) {
        return test % 29 == 7 && !fails(test);
    }

    static boolean isAborted(int test) {
        return test % 41 == 11 && !fails(test) && !isFlaky(test);
    }

    static String name(int test) {
        String type = CLASSES[test % CLASSES.length];
        return type.substring(type.lastIndexOf('.') + 1) + "." + method(test);
    }

    private static String method(int test) {
        int round = test / (CLASSES.length * METHODS.length / 2);
        return METHODS[test % METHODS.length] + (round == 0 ? "" : "[" + round + "]");
    }

    Path write(int tests) throws IOException {
        Files.createDirectories(directory);
        for (int test = 0; test < tests; test++) {
            if (fails(test)) {
                attempt(test, 1, "failed", true);
            } else if (isFlaky(test)) {
                attempt(test, 1, "failed", true);
                attempt(test, 2, "passed", true);
            } else {
                attempt(test, 1, isAborted(test) ? "aborted" : "passed", false);
            }
        }
        Files.writeString(directory.resolve("results-4711-1.jsonl"), lines);
        return directory;
    }

    /** Writes only passing bundles of the tests that fail in the other run: what there is to compare with. */
    Path writePassing(int tests) throws IOException {
        for (int test = 0; test < tests; test++) {
            if (fails(test)) {
                attempt(test, 1, "passed", true);
            }
        }
        Files.writeString(directory.resolve("results-4700-1.jsonl"), lines);
        return directory;
    }

    private void attempt(int test, int number, String outcome, boolean keep) throws IOException {
        Instant start = START.plusMillis(test * 410L + number * 5000L);
        boolean failed = outcome.equals("failed");
        JsonObject name = new JsonObject();
        name.addProperty(
                "displayName",
                fails(test) ? "a customer " + METHODS[test % METHODS.length] + hostile : method(test) + "(Page)");
        name.addProperty("class", CLASSES[test % CLASSES.length]);
        name.addProperty("method", METHODS[test % METHODS.length]);
        name.addProperty("name", name(test) + hostile);
        name.addProperty("uniqueId", "[engine:junit-jupiter]/[test:" + test + "]");
        String origin = ORIGINS[test % ORIGINS.length];
        String message = MESSAGES[test % MESSAGES.length] + hostile;
        JsonArray phases = phases(test, failed);
        JsonObject line = new JsonObject();
        line.add("test", name);
        line.addProperty("attempt", number);
        line.addProperty("outcome", outcome);
        line.addProperty("start", start.toString());
        line.addProperty("durationMs", sum(phases));
        line.add("phases", phases);
        line.addProperty("runId", "run_" + test);
        if (outcome.equals("aborted")) {
            line.addProperty(
                    "failure", "org.opentest4j.TestAbortedException: Assumption failed: there is no card terminal");
        }
        if (keep) {
            String path = CLASSES[test % CLASSES.length] + "/" + method(test) + "/attempt-" + number;
            SampleBundle bundle = new SampleBundle(directory.resolve(path), failed, test, start);
            bundle.write(name, number, phases, origin, message, hostile);
            line.addProperty("bundle", path);
            if (failed) {
                line.addProperty("origin", origin);
                line.addProperty(
                        "failure",
                        "org.opentest4j.AssertionFailedError: "
                                + message.lines().findFirst().orElse(""));
                line.addProperty("pageUrl", bundle.page());
                line.addProperty("lastAction", "expect getByLabel(\"Confirmation number\")");
            }
        }
        lines.append(line).append('\n');
    }

    private static JsonArray phases(int test, boolean failed) {
        JsonArray phases = new JsonArray();
        String[] names = {"queue", "create", "connect", "context", "page", "body", "collect", "release"};
        int[] usual = {0, 160, 70, 8, 90, 640, 0, 25};
        for (int i = 0; i < names.length; i++) {
            JsonObject phase = new JsonObject();
            phase.addProperty("name", names[i]);
            int wobble = (test * 37 + i * 101) % 70;
            int extra = i == 5 ? (test * 7919) % 2300 + (failed ? 5000 : 0) : i == 6 && failed ? 610 : 0;
            phase.addProperty("durationMs", usual[i] + usual[i] * wobble / 70 + extra);
            phases.add(phase);
        }
        return phases;
    }

    private static long sum(JsonArray phases) {
        return JsonFields.objects(phases).stream()
                .mapToLong(phase -> JsonFields.number(phase, "durationMs", 0))
                .sum();
    }
}
