package ai.bctrl.junit.internal.redaction;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Distinct secrets for one test, each with a core of letters and digits that no encoding but base64 changes. */
final class Canaries {
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{10,}+");

    private final TreeMap<String, String> coreByName = new TreeMap<>();

    /** {@return a new secret} */
    String plain(String name) {
        return plant(name);
    }

    /** {@return a new secret that each encoding has to change} */
    String odd(String name) {
        return "p +&\"\\é" + plant(name) + "%<'/>";
    }

    private String plant(String name) {
        String core =
                "Kx" + Integer.toHexString(0x5eed + 7919 * (coreByName.size() + 1)) + "q" + coreByName.size() + "Z";
        coreByName.put(name, core);
        return core;
    }

    /** {@return the names of the secrets that occur in the content, as they are or in base64} */
    Set<String> in(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        List<String> forms = new ArrayList<>(List.of(text, text.replaceAll("=\r?\n", "")));
        Matcher base64 = BASE64.matcher(text.replaceAll("\r?\n", "").replaceAll("(?i)%2[bf]", "+"));
        while (base64.find()) {
            String run = base64.group().replace('-', '+').replace('_', '/');
            for (int from = 0; from < 4; from++) {
                String part = run.substring(from, from + (run.length() - from) / 4 * 4);
                forms.add(new String(Base64.getDecoder().decode(part), StandardCharsets.ISO_8859_1));
            }
        }
        TreeSet<String> found = new TreeSet<>();
        String all = String.join("\n", forms);
        coreByName.forEach((name, core) -> {
            if (all.contains(core)) {
                found.add(name);
            }
        });
        return found;
    }

    Set<String> names() {
        return new TreeSet<>(coreByName.keySet());
    }
}
