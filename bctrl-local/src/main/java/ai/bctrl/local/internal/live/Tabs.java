package ai.bctrl.local.internal.live;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pages of a browser, oldest first. Guarded by the lock of the run. */
final class Tabs {

    private final Map<String, Tab> byTarget = new LinkedHashMap<>();
    private int lastNumber;

    /** Takes an event about targets; whether it changed anything that viewers see. */
    boolean event(String method, JsonObject params) {
        switch (method) {
            case "Target.targetCreated", "Target.targetInfoChanged" -> {
                JsonObject info = params.getAsJsonObject("targetInfo");
                if (!info.get("type").getAsString().equals("page")) {
                    return false;
                }
                String target = info.get("targetId").getAsString();
                Tab known = byTarget.get(target);
                Tab tab = known == null ? new Tab(++lastNumber, target) : known;
                byTarget.put(target, tab);
                return tab.update(info) || known == null;
            }
            case "Target.targetDestroyed" -> {
                return byTarget.remove(params.get("targetId").getAsString()) != null;
            }
            case "Target.targetCrashed" -> {
                Tab tab = byTarget.get(params.get("targetId").getAsString());
                if (tab != null) {
                    tab.crashed(true);
                }
                return tab != null;
            }
            default -> {
                return false;
            }
        }
    }

    Collection<Tab> all() {
        return byTarget.values();
    }

    boolean contains(Tab tab) {
        return byTarget.get(tab.targetId()) == tab;
    }

    @Nullable
    Tab find(int number) {
        return byTarget.values().stream()
                .filter(tab -> tab.number() == number)
                .findFirst()
                .orElse(null);
    }

    /** The tab that shows what goes on: the newest that is not blank; null where there is none at all. */
    @Nullable
    Tab newest() {
        List<Tab> tabs = new ArrayList<>(byTarget.values());
        Tab newest = tabs.isEmpty() ? null : tabs.get(tabs.size() - 1);
        for (int i = tabs.size() - 1; i >= 0; i--) {
            if (!tabs.get(i).isBlank()) {
                return tabs.get(i);
            }
        }
        return newest;
    }

    void clear() {
        byTarget.clear();
    }
}
