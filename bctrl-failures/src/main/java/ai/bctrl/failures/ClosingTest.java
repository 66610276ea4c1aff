package ai.bctrl.failures;

import ai.bctrl.junit.internal.run.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Notes in {@code target/closing.txt} what is put into JUnit's stores and what they close. */
@ExtendWith(ClosingTest.Resources.class)
class ClosingTest {
    @RepeatedTest(3)
    void passes() {}

    /** Puts a thing into the store of the session and one into that of the test. */
    static final class Resources implements BeforeEachCallback {
        private static final Namespace HERE = Namespace.create(ClosingTest.class);

        @Override
        public void beforeEach(ExtensionContext context) {
            Stores.computed(Stores.ofSession(context, HERE), "session", Thing.class, () -> Thing.open("session"));
            Stores.computed(context.getStore(HERE), "test", Thing.class, () -> Thing.open("test"));
        }
    }

    private record Thing(String name) implements AutoCloseable {
        static Thing open(String kind) {
            Thing thing = new Thing(kind + "-" + UUID.randomUUID());
            note("opened " + thing.name());
            return thing;
        }

        @Override
        public void close() {
            note("closed " + name);
        }

        private static void note(String line) {
            try {
                Files.writeString(
                        Path.of("target", "closing.txt"),
                        line + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
