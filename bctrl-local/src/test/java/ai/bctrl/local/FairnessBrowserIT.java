package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.local.internal.engine.ChromiumEngine;
import ai.bctrl.local.internal.engine.ChromiumOptions;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

class FairnessBrowserIT {
    @Test
    void twelveClientsShareThreeBrowsersInTheOrderInWhichTheyCame(TestReporter reporter) throws Exception {
        ChromiumEngine chromium = new ChromiumEngine(ChromiumOptions.builder().build());
        MeasuredEngine engine = new MeasuredEngine(chromium);
        try (LocalBctrl local = LocalBctrl.start(
                LocalOptions.builder().maxRuntimes(3).build(),
                InstantSource.system(),
                () -> new LocalBctrl.Browsers(
                        engine, request -> chromium.discovery().find(request), chromium.directory()))) {
            double busy = new Crowd(local, engine, 3, 800).run(12, 2);
            reporter.publishEntry("busy places", Crowd.percent(busy));
            // On a busy machine browsers start one after the other, while places are free.
            assertThat(busy).isGreaterThanOrEqualTo(0.8);
        }
    }
}
