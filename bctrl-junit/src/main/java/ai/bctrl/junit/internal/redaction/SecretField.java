package ai.bctrl.junit.internal.redaction;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Says which input fields hold secrets. */
final class SecretField {
    private static final Set<String> ELEMENTS = Set.of("input", "textarea", "select");

    /** Their values are captions or fixed. */
    private static final Set<String> NO_TEXT =
            Set.of("submit", "button", "reset", "image", "checkbox", "radio", "range", "color", "file");

    private static final Set<String> AUTOCOMPLETE = Set.of(
            "current-password", "new-password", "one-time-code", "cc-number", "cc-csc", "cc-exp", "cc-exp-month");

    private SecretField() {}

    static boolean matches(SecretNames names, String tag, Map<String, String> attributes) {
        String type = attributes.getOrDefault("type", "").toLowerCase(Locale.ROOT);
        if (!ELEMENTS.contains(tag.toLowerCase(Locale.ROOT)) || NO_TEXT.contains(type)) {
            return false;
        }
        if (type.equals("password")
                || names.matches(attributes.getOrDefault("name", ""))
                || names.matches(attributes.getOrDefault("id", ""))) {
            return true;
        }
        for (String word : attributes.getOrDefault("autocomplete", "").split("\\s+", -1)) {
            if (AUTOCOMPLETE.contains(word.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    /** {@return if the attribute holds what is typed in a field, in a page or in a snapshot of Playwright} */
    static boolean isValue(String attribute) {
        return attribute.equals("value") || attribute.equals("__playwright_value_");
    }
}
