package ai.bctrl.junit.internal.publish;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A failed attempt, as the tools around a test run are told of it. Nothing in it is secret any more. Immutable.
 *
 * @param name class, method and invocation for people, for example {@code CheckoutTest.buys[3]}
 * @param className binary name of the class
 * @param attempt number of the attempt, from 1
 * @param failure the failure in words; the first line is the most important one
 * @param location where in the test it failed, or null if unknown
 * @param origin what is to blame, or null if unknown
 * @param lastAction what the browser did last, or null if unknown
 * @param bundle directory of the evidence, or null if none was kept
 */
public record FailedTest(
        String name,
        String className,
        int attempt,
        String failure,
        @Nullable SourceLocation location,
        @Nullable String origin,
        @Nullable String lastAction,
        @Nullable Path bundle) {}
