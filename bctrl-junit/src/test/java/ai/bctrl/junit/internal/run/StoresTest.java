package ai.bctrl.junit.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;

/** With the JUnit that we compile against; the builds of bctrl-failures try the others. */
class StoresTest {
    private static final Namespace HERE = Namespace.create(StoresTest.class);
    private static final AtomicInteger OPENED = new AtomicInteger();
    private static final AtomicInteger CLOSED = new AtomicInteger();

    private record Thing() implements AutoCloseable {
        @Override
        public void close() {
            CLOSED.incrementAndGet();
        }
    }

    static final class UsesThings implements BeforeEachCallback {
        @Override
        public void beforeEach(ExtensionContext context) {
            assertThat(Stores.existing(context.getStore(HERE), "test", Thing.class))
                    .isNull();
            for (int i = 0; i < 2; i++) {
                Stores.computed(context.getStore(HERE), "test", Thing.class, UsesThings::open);
                Stores.computed(Stores.ofSession(context, HERE), "session", Thing.class, UsesThings::open);
            }
            assertThat(Stores.existing(context.getStore(HERE), "test", Thing.class))
                    .isNotNull();
        }

        private static Thing open() {
            OPENED.incrementAndGet();
            return new Thing();
        }
    }

    @ExtendWith(UsesThings.class)
    static class TwoTestCases {
        @Test
        void one() {}

        @Test
        void two() {}
    }

    @Test
    void whatIsComputedIsClosedOnce() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(DiscoverySelectors.selectClass(TwoTestCases.class))
                .execute()
                .testEvents()
                .assertStatistics(counts -> counts.succeeded(2));
        assertThat(OPENED).hasValue(3);
        assertThat(CLOSED).hasValue(3);
    }

    @Test
    void namesParametersOfTheFileWhereSessionsHaveNoStore() {
        ClassLoader loader = new ClassLoader(null) {
            @Override
            public InputStream getResourceAsStream(String name) {
                return new ByteArrayInputStream("bctrl.local.data = x\nother=y".getBytes(StandardCharsets.UTF_8));
            }
        };
        assertThat(ParameterNames.inFile(loader)).containsExactlyInAnyOrder("bctrl.local.data", "other");
        assertThat(ParameterNames.inFile(null)).isEmpty();
    }
}
