package ai.bctrl.local.internal.service;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Answers a repeated request with the answer of the first one. Thread-safe.
 *
 * <p>Answers are kept for 10 minutes, at most 10,000 of them and 16 Mi characters in all; failures are not kept.
 */
public final class Idempotency {

    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final int MAX_ENTRIES = 10_000;
    private static final long MAX_CHARACTERS = 16L << 20;

    private record Entry(String fingerprint, CompletableFuture<String> answer, Instant since) {}

    private final InstantSource clock;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long characters;

    /** Keeps nothing yet. */
    public Idempotency(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Does the work, unless a request with the same key did it or is about to.
     *
     * @param key names the request, 1 to 255 characters
     * @param fingerprint the same for the same request only
     * @param work makes the answer
     * @return the answer of the first request
     * @throws ApiProblem 400 for a malformed key; 409 {@code idempotency.key_reused} if the key named another request
     */
    public CompletionStage<String> once(
            String key, String fingerprint, Supplier<? extends CompletionStage<String>> work) {
        if (key.isEmpty() || key.length() > 255) {
            throw ApiProblem.invalid("Idempotency-Key", "Idempotency-Key must have 1 to 255 characters.");
        }
        Entry entry = new Entry(fingerprint, new CompletableFuture<>(), clock.instant());
        synchronized (entries) {
            dropOld();
            Entry first = entries.putIfAbsent(key, entry);
            if (first != null) {
                if (!first.fingerprint().equals(fingerprint)) {
                    throw new ApiProblem(
                            409,
                            "idempotency.key_reused",
                            "This Idempotency-Key was used for another request in the last 10 minutes; use a new one.",
                            Map.of());
                }
                return first.answer();
            }
        }
        CompletionStage<String> answer;
        try {
            answer = work.get();
        } catch (RuntimeException | Error failed) {
            // Its double must not wait for an answer that nobody will give.
            answer = CompletableFuture.failedStage(failed);
        }
        return answer.whenComplete((text, failed) -> settle(key, entry, text, failed));
    }

    private void settle(String key, Entry entry, String text, Throwable failed) {
        synchronized (entries) {
            if (failed != null) {
                entries.remove(key, entry);
            } else {
                characters += text.length();
            }
        }
        if (failed != null) {
            entry.answer().completeExceptionally(failed);
        } else {
            entry.answer().complete(text);
        }
    }

    private void dropOld() {
        Instant oldest = clock.instant().minus(KEPT);
        Iterator<Entry> inOrder = entries.values().iterator();
        while (inOrder.hasNext()) {
            Entry entry = inOrder.next();
            boolean tooMuch = entries.size() >= MAX_ENTRIES || characters > MAX_CHARACTERS;
            if (!tooMuch && !entry.since().isBefore(oldest)) {
                return;
            }
            // One at work stays: its double must find it.
            if (entry.answer().isDone()) {
                characters -= entry.answer().join().length();
                inOrder.remove();
            }
        }
    }
}
