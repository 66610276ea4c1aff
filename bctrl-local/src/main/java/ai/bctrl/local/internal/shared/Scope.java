package ai.bctrl.local.internal.shared;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client has asked one session of the browser to tell it of. The browser itself cannot limit that to some of its
 * contexts, so we do it in its place. Belongs to the loop's thread.
 */
final class Scope {

    /** An answer that must not come before all that it promises. */
    private record Promise(Runnable answer, Set<String> targets) {}

    private final @Nullable String session;
    private final Map<String, String> sessions = new HashMap<>();
    private final Set<String> attached = new HashSet<>();
    private final Set<String> awaited = new HashSet<>();
    private final List<Promise> promises = new ArrayList<>();
    private @Nullable TargetFilter discovers;
    private @Nullable TargetFilter attaches;
    private boolean waits;

    /**
     * Creates it.
     *
     * @param session null for the connection's root
     */
    Scope(@Nullable String session) {
        this.session = session;
    }

    @Nullable
    String session() {
        return session;
    }

    /** Tells of targets, or no more where the filter is null. */
    void discover(@Nullable TargetFilter filter) {
        discovers = filter;
    }

    boolean discovers(JsonObject targetInfo) {
        return discovers != null && discovers.takes(targetInfo);
    }

    /**
     * Attaches to targets, or no more where the filter is null.
     *
     * @param wait whether new ones wait until they are told to run
     */
    void autoAttach(@Nullable TargetFilter filter, boolean wait) {
        attaches = filter;
        waits = filter != null && wait;
    }

    boolean attaches(JsonObject targetInfo) {
        return attaches != null && attaches.takes(targetInfo);
    }

    boolean isAttaching() {
        return attaches != null;
    }

    boolean waits() {
        return waits;
    }

    /**
     * A target is about to be attached to without being asked for.
     *
     * @return whether it was not so before
     */
    boolean begin(String target) {
        return attached.add(target) && awaited.add(target);
    }

    /** A target may be attached to again. */
    void forget(String target) {
        attached.remove(target);
    }

    /** Nothing is attached to any more. */
    void forgetAll() {
        attached.clear();
        sessions.clear();
    }

    /** The targets of such sessions. */
    Map<String, String> sessions() {
        return sessions;
    }

    /** Answers as soon as none of the targets is about to be told of. */
    void promise(Set<String> targets, Runnable answer) {
        Set<String> open = new HashSet<>(targets);
        open.retainAll(awaited);
        if (open.isEmpty()) {
            answer.run();
        } else {
            promises.add(new Promise(answer, open));
        }
    }

    /** A target was told of, or never will be. */
    void told(String target) {
        awaited.remove(target);
        for (Promise promise : List.copyOf(promises)) {
            if (promise.targets.remove(target) && promise.targets.isEmpty()) {
                promises.remove(promise);
                promise.answer.run();
            }
        }
    }
}
