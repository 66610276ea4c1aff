package ai.bctrl.samples.shop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one visitor wants to buy. Thread-safe. */
final class Cart {
    /** So many pieces of one product. */
    record Line(Product product, int quantity) {
        int totalCents() {
            return product.priceCents() * quantity;
        }
    }

    private final Map<Product, Integer> quantities = new LinkedHashMap<>();

    synchronized int quantity(Product product) {
        return quantities.getOrDefault(product, 0);
    }

    /** Sets the quantity of a product; 0 removes it. */
    synchronized void set(Product product, int quantity) {
        if (quantity == 0) {
            quantities.remove(product);
        } else {
            quantities.put(product, quantity);
        }
    }

    synchronized List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        quantities.forEach((product, quantity) -> lines.add(new Line(product, quantity)));
        return lines;
    }

    int pieces() {
        return lines().stream().mapToInt(Line::quantity).sum();
    }

    int totalCents() {
        return lines().stream().mapToInt(Line::totalCents).sum();
    }

    synchronized void clear() {
        quantities.clear();
    }
}
