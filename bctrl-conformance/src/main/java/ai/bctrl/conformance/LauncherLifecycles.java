package ai.bctrl.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.junit.BctrlBrowser;
import com.microsoft.playwright.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherFactory;

/** Launcher sessions: one JVM may run tests more than once. */
final class LauncherLifecycles {
    private LauncherLifecycles() {}

    static List<Lifecycle> all() {
        return List.of(
                Lifecycle.of("Launcher", "the launcher runs twice in one session", run -> {
                    run.of(Passing.class).passed(1).browsers(1);
                    run.of(Passing.class).passed(1).browsers(1);
                }),
                Lifecycle.of("Launcher", "a test that failed passes when it is run again in the same session", run -> {
                    Flaky.RUNS.set(0);
                    try (LauncherSession session = LauncherFactory.openSession()) {
                        run.of(session.getLauncher(), Flaky.class).failedWith("the first time");
                        run.of(session.getLauncher(), Flaky.class).passed(1).browsers(1);
                    }
                }),
                Lifecycle.of("Launcher", "sessions one after the other in one JVM, with evidence", run -> {
                    KitRun armed = run.with("bctrl.evidence.actions", "ON_FAILURE");
                    armed.inOwnSession(Passing.class).passed(1).browsers(1);
                    armed.inOwnSession(Passing.class).passed(1).browsers(1);
                }),
                Lifecycle.of("Launcher", "sessions at the same time in one JVM", run -> {
                    CompletableFuture<Ended> other =
                            CompletableFuture.supplyAsync(() -> run.inOwnSession(Passing.class));
                    run.inOwnSession(Passing.class).passed(1).browsers(1);
                    other.orTimeout(60, TimeUnit.SECONDS).join().passed(1).browsers(1);
                }),
                Lifecycle.of(
                        "Launcher", "without settings the control plane is embedded and ends with the session", run -> {
                            Map<String, String> parameters = new LinkedHashMap<>(run.parameters());
                            parameters.remove("bctrl.apiKey");
                            parameters.remove("bctrl.baseUrl");
                            KitRun embedded = new KitRun(
                                    run.launcher(), run.controlPlane(), run.directory(), Map.copyOf(parameters));
                            String newest = run.controlPlane().newestRun();
                            embedded.inOwnSession(Passing.class).passed(1).browsers(1);
                            assertThat(run.controlPlane().newestRun()).isEqualTo(newest);
                        }),
                Lifecycle.of("Launcher", "discovery alone starts nothing", run -> {
                    String newest = run.controlPlane().newestRun();
                    TestPlan plan = run.launcher().discover(run.request(Passing.class));
                    assertThat(plan.countTestIdentifiers(TestIdentifier::isTest))
                            .isOne();
                    assertThat(run.controlPlane().newestRun()).isEqualTo(newest);
                }),
                Lifecycle.of("Launcher", "a listener that fails in every callback disturbs nothing", run -> {
                    FailingListener listener = new FailingListener();
                    run.of(listener, Passing.class).passed(1).browsers(1);
                    assertThat(listener.failures).hasPositiveValue();
                }));
    }

    @BctrlBrowser
    static class Passing {
        @Test
        void test(Page page) {
            page.navigate("data:text/html,<title>passes</title>");
            assertThat(page.title()).isEqualTo("passes");
        }
    }

    @BctrlBrowser
    static class Flaky {
        private static final AtomicInteger RUNS = new AtomicInteger();

        @Test
        void test(Page page) {
            page.navigate("data:text/html,seen");
            if (RUNS.incrementAndGet() == 1) {
                throw new IllegalStateException("fails the first time");
            }
        }
    }

    private static final class FailingListener implements TestExecutionListener {
        private final AtomicInteger failures = new AtomicInteger();

        private void fail() {
            failures.incrementAndGet();
            throw new IllegalStateException("a listener that fails on purpose");
        }

        @Override
        public void testPlanExecutionStarted(TestPlan plan) {
            fail();
        }

        @Override
        public void executionStarted(TestIdentifier test) {
            fail();
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            fail();
        }

        @Override
        public void testPlanExecutionFinished(TestPlan plan) {
            fail();
        }
    }
}
