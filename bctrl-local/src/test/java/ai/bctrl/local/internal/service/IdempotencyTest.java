package ai.bctrl.local.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class IdempotencyTest {
    @Test
    void aRepeatedRequestDoesNotWaitForOneThatDied() {
        Idempotency idempotency = new Idempotency(InstantSource.system());
        Supplier<CompletionStage<String>> dies = () -> {
            throw new NoClassDefFoundError("no descriptor was left to read it");
        };
        assertThat(idempotency.once("key", "same", dies).toCompletableFuture())
                .failsWithin(5, TimeUnit.SECONDS)
                .withThrowableOfType(Throwable.class)
                .withMessageContaining("no descriptor was left");
        assertThat(idempotency
                        .once("key", "same", () -> CompletableFuture.completedFuture("done"))
                        .toCompletableFuture())
                .succeedsWithin(5, TimeUnit.SECONDS)
                .isEqualTo("done");
    }
}
