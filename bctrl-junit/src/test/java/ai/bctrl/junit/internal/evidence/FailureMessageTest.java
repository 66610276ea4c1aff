package ai.bctrl.junit.internal.evidence;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.MultipleFailuresError;

class FailureMessageTest {
    @TempDir
    @Nullable
    Path run;

    private Collected collected(Throwable thrown) throws IOException {
        return SampleAttempt.failed(
                requireNonNull(run),
                thrown,
                "http://shop/cart",
                List.of(SampleAttempt.action("click getByText(\"Go\")", null)),
                List.of(),
                List.of());
    }

    private Throwable told(Throwable thrown) throws IOException {
        return requireNonNull(FailureMessage.told(thrown, collected(thrown)), "nothing was told");
    }

    private static Throwable cause() {
        return new IOException("the reason");
    }

    static Stream<Throwable> plainExceptions() {
        return Stream.of(
                new AssertionError("wrong", cause()),
                new AssertionFailedError("wrong", cause()),
                new IllegalStateException("wrong", cause()),
                new RuntimeException("wrong", cause()),
                new Exception("wrong", cause()),
                new IOException("wrong", cause()),
                new PlaywrightException("wrong", cause()),
                new NumberFormatException("wrong").initCause(cause()),
                new FileNotFoundException("wrong").initCause(cause()),
                new TimeoutError("wrong"),
                new NullPointerException("wrong"));
    }

    @ParameterizedTest
    @MethodSource("plainExceptions")
    void keepsAllButTheMessage(Throwable thrown) throws IOException {
        thrown.addSuppressed(new IllegalArgumentException("also"));
        Throwable told = told(thrown);
        assertThat(told).isExactlyInstanceOf(thrown.getClass());
        assertThat(told.getCause()).isSameAs(thrown.getCause());
        assertThat(told.getStackTrace()).isEqualTo(thrown.getStackTrace());
        assertThat(told.getSuppressed()).isEqualTo(thrown.getSuppressed());
        assertThat(String.valueOf(told.getMessage()).lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("[application assertion] wrong"),
                        line -> assertThat(line).isEqualTo("  page: http://shop/cart"),
                        line -> assertThat(line).isEqualTo("  last action: click getByText(\"Go\")"),
                        line -> assertThat(line)
                                .startsWith("  evidence: file:/")
                                .endsWith("/attempt-1/index.html"));
        assertThat(thrown).hasMessage("wrong");
    }

    @Test
    void keepsWhatWasExpectedAndWhatWasThere() throws IOException {
        AssertionFailedError told = (AssertionFailedError) told(new AssertionFailedError("wrong", 8, 7));
        assertThat(told.getExpected().getValue()).isEqualTo(8);
        assertThat(told.getActual().getValue()).isEqualTo(7);
        assertThat(((AssertionFailedError) told(new AssertionFailedError("wrong"))).isExpectedDefined())
                .isFalse();
    }

    static Stream<Throwable> exceptionsWithStateOfTheirOwn() {
        return Stream.of(
                new NoSuchFileException("cart.txt", null, "wrong"),
                new MultipleFailuresError("wrong", List.of(new AssertionError("one"))),
                new SQLException("wrong", "08001"),
                new AssertionFailedError("wrong", 8, 7) {
                    private static final long serialVersionUID = 1L;
                },
                new UncheckedIOException("wrong", new IOException("the reason")),
                new Prefixed("wrong"),
                new WithoutMessage());
    }

    @ParameterizedTest
    @MethodSource("exceptionsWithStateOfTheirOwn")
    void leavesAloneWhatCannotBeMadeAnew(Throwable thrown) throws IOException {
        assertThat(FailureMessage.told(thrown, collected(thrown))).isNull();
    }

    @Test
    void aNoteTellsWhatTheMessageCannot() throws IOException {
        FailureNote note = FailureNote.of(collected(new SQLException("wrong", "08001")));
        assertThat(note)
                .hasToString(note.getMessage())
                .hasMessageStartingWith("Evidence of this failure [application assertion]: file:/")
                .hasMessageEndingWith("/attempt-1/index.html");
        assertThat(note.getStackTrace()).isEmpty();
    }

    @Test
    void putsItsLinesAfterTheFirstOfAMessage() throws IOException {
        assertThat(told(new AssertionError("\nexpected: <8>\n but was: <7>\n")).getMessage())
                .startsWith("[application assertion] expected: <8>\n  page: ")
                .endsWith("/attempt-1/index.html\n but was: <7>");
    }

    @Test
    void tellsTheOriginOfAFailureWithoutMessage() throws IOException {
        assertThat(told(new IllegalStateException()).getMessage())
                .startsWith("[application assertion] \n  page: http://shop/cart\n");
    }

    @Test
    void writesEachFactOnOneLine() throws IOException {
        Collected collected = SampleAttempt.failed(
                requireNonNull(run),
                new AssertionError("wrong"),
                null,
                List.of(SampleAttempt.action("fill \"a\n  page: forged\"", null)),
                List.of(),
                List.of());
        Throwable told = requireNonNull(FailureMessage.told(new AssertionError("wrong"), collected));
        assertThat(String.valueOf(told.getMessage()).lines())
                .hasSize(3)
                .contains("  last action: fill \"a page: forged\"");
    }

    /** Changes its message. */
    public static final class Prefixed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** Creates it. */
        public Prefixed(String message) {
            super("prefixed: " + message);
        }
    }

    /** Takes no message. */
    public static final class WithoutMessage extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** Creates it. */
        public WithoutMessage() {}
    }
}
