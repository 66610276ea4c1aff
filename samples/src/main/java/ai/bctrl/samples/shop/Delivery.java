package ai.bctrl.samples.shop;

import java.util.Locale;

/** How an order travels. */
enum Delivery {
    STANDARD("Standard, 2 to 4 days", 490),
    EXPRESS("Express, next day", 1490),
    /** Sold although no drone exists yet: the confirmation page of such an order is broken on purpose. */
    DRONE("Drone, within the hour (beta)", 0);

    private final String label;
    private final int priceCents;

    Delivery(String label, int priceCents) {
        this.label = label;
        this.priceCents = priceCents;
    }

    String label() {
        return label;
    }

    int priceCents() {
        return priceCents;
    }

    /** The value of the form field. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
