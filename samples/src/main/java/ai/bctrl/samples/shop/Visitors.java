package ai.bctrl.samples.shop;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sessions of a shop by their secret id; the longest unused one goes when there are too many. Thread-safe. */
final class Visitors {
    private static final int MAX_VISITORS = 2_000;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Visitor> visitors = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Entry<String, Visitor> eldest) {
            return size() > MAX_VISITORS;
        }
    };

    synchronized Optional<Visitor> find(@Nullable String id) {
        return id == null ? Optional.empty() : Optional.ofNullable(visitors.get(id));
    }

    /** Remembers a visitor under a new id. */
    synchronized String add(Visitor visitor) {
        byte[] bytes = new byte[18];
        random.nextBytes(bytes);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        visitors.put(id, visitor);
        return id;
    }
}
