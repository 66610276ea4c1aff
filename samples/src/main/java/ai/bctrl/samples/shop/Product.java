package ai.bctrl.samples.shop;

import java.util.Locale;

/** A kite on sale. {@code kind} names its drawing in {@code kites.svg}; the colours are CSS colours. */
record Product(
        String sku,
        String name,
        String kind,
        int priceCents,
        int wingspanCm,
        String wind,
        String colour,
        String accent,
        String description) {

    boolean matches(String words) {
        String haystack = (name + ' ' + kind + ' ' + description).toLowerCase(Locale.ROOT);
        for (String word : words.toLowerCase(Locale.ROOT).trim().split("\\s+", -1)) {
            if (!haystack.contains(word)) {
                return false;
            }
        }
        return true;
    }
}
