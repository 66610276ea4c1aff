package ai.bctrl.local.internal.console;

import ai.bctrl.local.internal.service.ApiKeys;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who is signed in, or about to. In memory only. Thread-safe. */
final class ConsoleSessions {

    static final Duration SIGNED_IN = Duration.ofHours(12);
    private static final Duration SIGNING_IN = Duration.ofMinutes(15);
    private static final int MOST = 2000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final InstantSource clock;

    ConsoleSessions(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * One browser's session. Immutable.
     *
     * @param id what its cookie says
     * @param csrf what its forms say
     * @param grant what it may do; null before the sign-in
     * @param expires when it ends
     */
    record Session(String id, String csrf, ApiKeys.@Nullable Grant grant, Instant expires) {

        boolean mayChange() {
            return grant != null && !grant.readOnly();
        }

        boolean isForm(@Nullable String presented) {
            return presented != null
                    && MessageDigest.isEqual(
                            presented.getBytes(StandardCharsets.UTF_8), csrf.getBytes(StandardCharsets.UTF_8));
        }

        /** Hides id and token. */
        @Override
        public String toString() {
            return "Session[signedIn=" + (grant != null) + "]";
        }
    }

    Session open(ApiKeys.@Nullable Grant grant) {
        Instant now = clock.instant();
        sessions.values().removeIf(old -> !now.isBefore(old.expires()));
        if (sessions.size() >= MOST) {
            // Somebody asks for the sign-in page again and again; who is signed in stays.
            sessions.values().removeIf(old -> old.grant() == null);
        }
        Session session = new Session(random(), random(), grant, now.plus(grant == null ? SIGNING_IN : SIGNED_IN));
        sessions.put(session.id(), session);
        return session;
    }

    private static String random() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Nullable
    Session find(@Nullable String id) {
        Session session = id == null ? null : sessions.get(id);
        return session != null && clock.instant().isBefore(session.expires()) ? session : null;
    }

    void close(Session session) {
        sessions.remove(session.id());
    }
}
