package ai.bctrl.junit.internal.trace;

import ai.bctrl.junit.internal.redaction.Redaction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An element that something was typed in. Immutable.
 *
 * @param selector Playwright's selector or its text in Java
 * @param element the tag, as Playwright writes it in its log
 */
record Field(@Nullable String selector, @Nullable String element) {
    private static final Pattern TAG = Pattern.compile("<([A-Za-z][A-Za-z0-9-]*)(.*)", Pattern.DOTALL);
    private static final Pattern ATTRIBUTE = Pattern.compile("\\s([^\\s=\"<>/]{1,100}+)=\"([^\"]*+)\"");

    /** What stands in quotes or brackets, or after a hash: labels, names and ids. */
    private static final Pattern NAMES = Pattern.compile("\"((?:[^\"\\\\]|\\\\.){1,200}+)\"|[#=.]([\\w-]{1,100}+)");

    boolean isSecret(Redaction redaction) {
        return isSecretElement(redaction) || isSecretSelector(redaction);
    }

    private boolean isSecretElement(Redaction redaction) {
        Matcher tag = element == null ? null : TAG.matcher(element);
        if (tag == null || !tag.lookingAt()) {
            return false;
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        Matcher attribute = ATTRIBUTE.matcher(tag.group(2));
        while (attribute.find()) {
            attributes.putIfAbsent(attribute.group(1), attribute.group(2));
        }
        return redaction.isSecretField(tag.group(1), attributes);
    }

    private boolean isSecretSelector(Redaction redaction) {
        if (selector == null) {
            return false;
        }
        Matcher names = NAMES.matcher(selector);
        while (names.find()) {
            String name = names.group(1) == null ? names.group(2) : names.group(1);
            if (redaction.isSecretName(name)) {
                return true;
            }
            if (names.group(1) != null && name.indexOf('=') >= 0 && new Field(name, null).isSecretSelector(redaction)) {
                return true;
            }
            if (names.group(1) != null && name.indexOf('#') >= 0 && new Field(name, null).isSecretSelector(redaction)) {
                return true;
            }
        }
        return false;
    }
}
