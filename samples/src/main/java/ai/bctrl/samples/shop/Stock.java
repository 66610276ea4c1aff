package ai.bctrl.samples.shop;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** How many pieces of each product are left. Thread-safe. */
final class Stock {
    /** The pieces left of one product. */
    record Level(String sku, String name, int pieces) {
        String toJson() {
            return "{\"sku\":%s,\"name\":%s,\"stock\":%d}".formatted(Json.quote(sku), Json.quote(name), pieces);
        }
    }

    private static final int PIECES_AT_START = 20;

    private final Catalogue catalogue;
    private final Map<String, Integer> pieces = new LinkedHashMap<>();
    private final List<Consumer<Level>> listeners = new CopyOnWriteArrayList<>();

    Stock(Catalogue catalogue) {
        this.catalogue = catalogue;
        for (Product product : catalogue.all()) {
            pieces.put(product.sku(), PIECES_AT_START);
        }
    }

    void onChange(Consumer<Level> listener) {
        listeners.add(listener);
    }

    synchronized int left(Product product) {
        return pieces.getOrDefault(product.sku(), 0);
    }

    List<Level> levels() {
        return catalogue.all().stream().map(this::level).toList();
    }

    private Level level(Product product) {
        return new Level(product.sku(), product.name(), left(product));
    }

    /** Takes all the lines or, if one of them is short, none. */
    void take(List<Cart.Line> lines) {
        synchronized (this) {
            for (Cart.Line line : lines) {
                requireLeft(line.product(), line.quantity());
            }
            for (Cart.Line line : lines) {
                pieces.merge(line.product().sku(), -line.quantity(), Integer::sum);
            }
        }
        for (Cart.Line line : lines) {
            Level level = level(line.product());
            listeners.forEach(listener -> listener.accept(level));
        }
    }

    void requireLeft(Product product, int quantity) {
        int left = left(product);
        if (quantity > left) {
            throw new ShopException(409, "Only " + left + " pieces of " + product.name() + " are left.");
        }
    }
}
