package ai.bctrl.failures;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Distinct secrets, each with a core of letters and digits that no escaping changes. Thread-safe. */
final class Canaries {
    private final Map<String, String> coreByName = new ConcurrentHashMap<>();

    /** {@return the secret of that name; made when it is first asked for} */
    String plain(String name) {
        return coreByName.computeIfAbsent(
                name, unused -> "Kx" + Integer.toHexString(0x5eed00 + 7919 * name.hashCode()) + "q7Z");
    }

    /** {@return the same between characters that each encoding has to change} */
    String odd(String name) {
        return "p +&\"\\é" + plain(name) + "%<'/>";
    }

    /** Looks for a secret that somebody else has made. */
    void add(String name, String secret) {
        coreByName.put(name, secret);
    }

    /** {@return the names of those that occur in the text} */
    Set<String> in(String text) {
        Set<String> found = new TreeSet<>();
        new TreeMap<>(coreByName).forEach((name, core) -> {
            if (text.contains(core)) {
                found.add(name);
            }
        });
        return found;
    }
}
