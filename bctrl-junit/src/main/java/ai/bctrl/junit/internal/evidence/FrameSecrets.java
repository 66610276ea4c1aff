package ai.bctrl.junit.internal.evidence;

import ai.bctrl.junit.internal.redaction.Redaction;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Frame;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks in a frame for secrets that may occur elsewhere: what secret fields hold, and what scripts have stored.
 *
 * @param frame the frame
 * @param fields CSS selector of secret fields
 * @param more CSS selector of further secret elements, or null
 */
record FrameSecrets(Frame frame, String fields, @Nullable String more) {
    private static final String FIND = """
            ([fields, more]) => {
              const values = [...document.querySelectorAll(fields)].map(field => field.value);
              if (more) {
                for (const element of document.querySelectorAll(more)) {
                  values.push(element.value || '', (element.textContent || '').trim().slice(0, 1000));
                }
              }
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
              return { values: values.filter(value => value), stored };
            }
            """;

    void learn(Redaction secrets) {
        if (frame.evaluate(FIND, java.util.Arrays.asList(fields, more)) instanceof Map<?, ?> found) {
            if (found.get("values") instanceof List<?> values) {
                values.forEach(value -> secrets.learn(String.valueOf(value)));
            }
            if (found.get("stored") instanceof List<?> stored) {
                stored.forEach(entry -> learnStored(secrets, entry));
            }
        }
    }

    private static void learnStored(Redaction secrets, @Nullable Object entry) {
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
