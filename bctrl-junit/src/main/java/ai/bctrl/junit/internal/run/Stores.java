package ai.bctrl.junit.internal.run;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.platform.launcher.LauncherSession;

/**
 * JUnit's stores as each JUnit from 5.12 on has them: what is computed here is closed exactly once, by the store that
 * holds it. Stateless.
 */
public final class Stores {
    private static final boolean SESSION_HAS_ONE =
            Presence.of("org.junit.jupiter.api.extension.ExtensionContext$StoreScope");

    private Stores() {}

    /** {@return the store of the launcher session; before JUnit 5.13 there is none, and each execution has its own} */
    public static Store ofSession(ExtensionContext context, Namespace namespace) {
        return SESSION_HAS_ONE
                ? Since513.store(context, namespace)
                : context.getRoot().getStore(namespace);
    }

    /** {@return what the store has under the key; puts there what the supplier makes if it has nothing} */
    public static <T extends AutoCloseable> T computed(Store store, Object key, Class<T> type, Supplier<T> create) {
        return type.cast(store.getOrComputeIfAbsent(key, unused -> new Held(create.get()), Held.class)
                .content());
    }

    /** {@return what the session's store has under the type; puts there what the supplier makes if it has nothing} */
    public static <T extends AutoCloseable> T computedOfSession(
            LauncherSession session, Namespace namespace, Class<T> type, Supplier<T> create) {
        return type.cast(Since513.computed(session, namespace, type, () -> new Held(create.get()))
                .content());
    }

    /** {@return whether launcher sessions have a store, as they do from JUnit 5.13 on} */
    public static boolean haveSession() {
        return SESSION_HAS_ONE;
    }

    /** Puts something into the session's store. */
    public static void putInSession(LauncherSession session, Namespace namespace, Object key, Object value) {
        Since513.put(session, namespace, key, value);
    }

    /** {@return what was computed for the key, or null if nothing was} */
    public static <T> @Nullable T existing(Store store, Object key, Class<T> type) {
        Held held = store.get(key, Held.class);
        return held == null ? null : type.cast(held.content());
    }

    /** Linked only where there is such a thing. */
    private static final class Since513 {
        static Store store(ExtensionContext context, Namespace namespace) {
            return context.getStore(StoreScope.LAUNCHER_SESSION, namespace);
        }

        static Held computed(LauncherSession session, Namespace namespace, Object key, Supplier<Held> create) {
            return session.getStore()
                    .getOrComputeIfAbsent(ofPlatform(namespace), key, unused -> create.get(), Held.class);
        }

        static void put(LauncherSession session, Namespace namespace, Object key, Object value) {
            session.getStore().put(ofPlatform(namespace), key, value);
        }

        private static org.junit.platform.engine.support.store.Namespace ofPlatform(Namespace namespace) {
            return org.junit.platform.engine.support.store.Namespace.create(namespace.getParts());
        }
    }

    /** JUnit 5.12 closes the one kind, later ones the other; each asks for one of them only. */
    @SuppressWarnings({"deprecation", "try"})
    private record Held(AutoCloseable content) implements AutoCloseable, Store.CloseableResource {
        @Override
        public void close() throws Exception {
            content.close();
        }
    }
}
