package ai.bctrl.junit.internal.evidence;

import ai.bctrl.junit.internal.redaction.Redaction;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Locator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks in a frame for secrets that may occur elsewhere: what secret fields hold, and what scripts have stored. Shadow roots
 * count, as far as they are open.
 *
 * @param frame the frame
 * @param secrets learns what is found
 */
record FrameSecrets(Frame frame, Redaction secrets) {
    private static final int MOST_MASKS = 100;
    private static final String FIELDS = "css=input, textarea, select";
    private static final List<String> ATTRIBUTES = List.of("type", "name", "id", "autocomplete");
    private static final String READ_FIELDS = """
            (fields, names) => fields.slice(0, 2000).map(field => [field.localName,
              ...names.map(name => field.getAttribute(name) || ''), String(field.value || '').slice(0, 20000)])
            """;
    private static final String READ_TEXTS = """
            elements => elements.flatMap(element =>
              [String(element.value || ''), (element.textContent || '').trim().slice(0, 1000)])
            """;
    private static final String READ_STORED = """
            () => {
              const stored = [];
              for (const name of ['localStorage', 'sessionStorage']) {
                try {
                  const storage = window[name];
                  for (let i = 0; i < storage.length && i < 500; i++) {
                    const key = storage.key(i);
                    stored.push([key, String(storage.getItem(key)).slice(0, 20000)]);
                  }
                } catch (refused) {
                }
              }
              return stored;
            }
            """;

    /**
     * Learns what the frame holds.
     *
     * @param always CSS selector of fields that are secret whatever they are called
     * @param more CSS selector of further secret elements, or null
     * @return what to mask in pictures
     */
    List<Locator> learn(String always, @Nullable String more) {
        List<Locator> masks = new ArrayList<>();
        String selector = "css=" + (more == null ? always : always + ", " + more);
        masks.add(frame.locator(selector));
        if (frame.locator(selector).evaluateAll(READ_TEXTS) instanceof List<?> texts) {
            texts.forEach(text -> secrets.learn(String.valueOf(text)));
        }
        Locator fields = frame.locator(FIELDS);
        if (fields.evaluateAll(READ_FIELDS, ATTRIBUTES) instanceof List<?> rows) {
            for (int i = 0; i < rows.size(); i++) {
                if (rows.get(i) instanceof List<?> row && isSecret(row)) {
                    secrets.learn(String.valueOf(row.get(row.size() - 1)));
                    if (masks.size() < MOST_MASKS) {
                        masks.add(fields.nth(i));
                    }
                }
            }
        }
        if (frame.evaluate(READ_STORED) instanceof List<?> stored) {
            stored.forEach(this::learnStored);
        }
        return masks;
    }

    private boolean isSecret(List<?> row) {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < ATTRIBUTES.size(); i++) {
            attributes.put(ATTRIBUTES.get(i), String.valueOf(row.get(i + 1)));
        }
        return secrets.isSecretField(String.valueOf(row.get(0)), attributes);
    }

    private void learnStored(@Nullable Object entry) {
        if (entry instanceof List<?> pair && pair.size() == 2) {
            String value = String.valueOf(pair.get(1));
            secrets.learnIfSecret(String.valueOf(pair.get(0)), value);
            if (value.startsWith("{") || value.startsWith("[")) {
                try {
                    JsonElement unused = secrets.json(JsonParser.parseString(value));
                } catch (JsonParseException notJson) {
                    // Then it is a text like any other.
                }
            }
        }
    }
}
