package ai.bctrl.local.internal.service;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Things found by what they belong to, without looking at the others. Thread-safe. */
final class Grouped<T> {

    private final Map<String, Set<T>> groups = new ConcurrentHashMap<>();

    void add(String group, T member) {
        groups.compute(group, (key, members) -> {
            Set<T> grown = members == null ? ConcurrentHashMap.newKeySet() : members;
            grown.add(member);
            return grown;
        });
    }

    void remove(String group, T member) {
        groups.computeIfPresent(group, (key, members) -> {
            members.remove(member);
            return members.isEmpty() ? null : members;
        });
    }

    /** {@return the members of a group, as they are now} */
    List<T> of(String group) {
        Set<T> members = groups.get(group);
        return members == null ? List.of() : List.copyOf(members);
    }

    /** {@return the members of all groups, as they are now} */
    List<T> all() {
        return groups.values().stream().<T>flatMap(Set::stream).toList();
    }
}
