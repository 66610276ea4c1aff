package ai.bctrl.junit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Which tests are still to begin, by their unique ids. Thread-safe. */
final class PendingTests {
    private final Map<String, Boolean> pending = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    /** A test is to come, unless it was gone before anybody knew of it. */
    void comes(String id) {
        if (pending.putIfAbsent(id, true) == null) {
            count.incrementAndGet();
        }
    }

    /** A test has begun, or will not. */
    void gone(String id) {
        if (Boolean.TRUE.equals(pending.put(id, false))) {
            count.decrementAndGet();
        }
    }

    int count() {
        return count.get();
    }
}
