package ai.bctrl.samples.shop;

import ai.bctrl.samples.shop.Accounts.Account;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the pages. */
final class Pages {
    private final Resources resources;

    Pages(Resources resources) {
        this.resources = resources;
    }

    String home(Visitor visitor) {
        return page(visitor, "Kites for every wind", "home", Map.of());
    }

    String product(Visitor visitor, Product product, int stock) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("sku", product.sku());
        values.put("name", product.name());
        values.put("kind", product.kind());
        values.put("price", Money.format(product.priceCents()));
        values.put("wingspan", product.wingspanCm() + " cm");
        values.put("wind", product.wind());
        values.put("colour", product.colour());
        values.put("accent", product.accent());
        values.put("description", product.description());
        values.put("stock", Integer.toString(stock));
        return page(visitor, product.name(), "product", values);
    }

    String cart(Visitor visitor) {
        List<Cart.Line> lines = visitor.cart().lines();
        if (lines.isEmpty()) {
            return page(visitor, "Your cart", "cart-empty", Map.of());
        }
        StringBuilder rows = new StringBuilder();
        for (Cart.Line line : lines) {
            rows.append(Template.fill(
                    resources.template("cart-row"),
                    Map.of(
                            "sku", line.product().sku(),
                            "name", line.product().name(),
                            "kind", line.product().kind(),
                            "colour", line.product().colour(),
                            "accent", line.product().accent(),
                            "price", Money.format(line.product().priceCents()),
                            "quantity", Integer.toString(line.quantity()),
                            "total", Money.format(line.totalCents()))));
        }
        return page(
                visitor,
                "Your cart",
                "cart",
                Map.of(
                        "rows",
                        rows.toString(),
                        "total",
                        Money.format(visitor.cart().totalCents())));
    }

    /** The checkout form with what was filled in before and what is wrong with it. */
    String checkout(Visitor visitor, Map<String, String> form, Map<String, String> problems) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String field : List.of("name", "email", "street", "postcode", "city", "card", "voucher", "terms")) {
            values.put(field, form.getOrDefault(field, ""));
            values.put(field + "Problem", problems.getOrDefault(field, ""));
            values.put(field + "Invalid", Boolean.toString(problems.containsKey(field)));
        }
        values.put("termsChecked", form.getOrDefault("terms", "").equals("yes") ? "checked" : "");
        StringBuilder deliveries = new StringBuilder();
        String chosen = form.getOrDefault("delivery", Delivery.STANDARD.id());
        for (Delivery delivery : Delivery.values()) {
            deliveries.append(Template.fill(
                    resources.template("checkout-delivery"),
                    Map.of(
                            "id",
                            delivery.id(),
                            "label",
                            delivery.label(),
                            "price",
                            delivery.priceCents() == 0 ? "free" : Money.format(delivery.priceCents()),
                            "checked",
                            delivery.id().equals(chosen) ? "checked" : "")));
        }
        values.put("deliveries", deliveries.toString());
        values.put("goods", Money.format(visitor.cart().totalCents()));
        values.put("summaryHidden", problems.isEmpty() ? "hidden" : "");
        values.put("summary", problems.isEmpty() ? "" : "Please correct the marked fields.");
        return page(visitor, "Checkout", "checkout", values);
    }

    String order(Visitor visitor, Order order) {
        StringBuilder rows = new StringBuilder();
        for (Cart.Line line : order.lines()) {
            rows.append(
                    orderRow(line.quantity() + " \u00d7 " + line.product().name(), Money.format(line.totalCents())));
        }
        Checkout checkout = order.checkout();
        if (order.discountCents() > 0) {
            rows.append(orderRow("Voucher " + checkout.voucher(), Money.format(-order.discountCents())));
        }
        rows.append(orderRow(
                checkout.delivery().label(), Money.format(checkout.delivery().priceCents())));
        Map<String, String> values = new LinkedHashMap<>();
        values.put("number", order.number());
        // A drone order is numbered by the flight control, which order.js asks for it.
        values.put("confirmation", checkout.delivery() == Delivery.DRONE ? "KS-0000" : order.number());
        values.put("delivery", checkout.delivery().id());
        values.put("name", checkout.name());
        values.put("email", checkout.email());
        values.put("street", checkout.street());
        values.put("place", checkout.postcode() + " " + checkout.city());
        values.put("rows", rows.toString());
        values.put("total", Money.format(order.totalCents()));
        return page(visitor, "Order confirmed", "order", values);
    }

    private String orderRow(String article, String price) {
        return Template.fill(resources.template("order-row"), Map.of("article", article, "price", price));
    }

    String login(Visitor visitor, String user, String next, String problem) {
        return page(
                visitor,
                "Sign in",
                "login",
                Map.of(
                        "user",
                        user,
                        "next",
                        next,
                        "problem",
                        problem,
                        "problemHidden",
                        problem.isEmpty() ? "hidden" : ""));
    }

    String account(Visitor visitor, Account account) {
        return page(visitor, "Your account", "account", Map.of("name", account.name(), "user", account.user()));
    }

    String goodbye(Visitor visitor) {
        return page(visitor, "Goodbye", "goodbye", Map.of());
    }

    /** Shipping terms in English or German. */
    String shipping(Visitor visitor, Locale language) {
        boolean german = language.equals(Locale.GERMAN);
        Locale country = german ? Locale.GERMANY : Locale.UK;
        Map<String, String> values = Map.of(
                "standard", Money.format(Delivery.STANDARD.priceCents(), country),
                "express", Money.format(Delivery.EXPRESS.priceCents(), country));
        String title = german ? "Versand und Rückgabe" : "Shipping and returns";
        return page(visitor, language, title, "shipping-" + language.getLanguage(), values);
    }

    /** The small window with help. */
    String help() {
        return resources.template("help");
    }

    String error(Visitor visitor, int status, String message) {
        String title = switch (status) {
            case 404 -> "Gone with the wind";
            case 409 -> "That does not work any more";
            case 500 -> "The line broke";
            default -> "We did not understand that";
        };
        return page(
                visitor,
                title,
                "error",
                Map.of("heading", title, "status", Integer.toString(status), "message", message));
    }

    private String page(Visitor visitor, String title, String template, Map<String, String> values) {
        return page(visitor, Locale.ENGLISH, title, template, values);
    }

    private String page(Visitor visitor, Locale language, String title, String template, Map<String, String> values) {
        int pieces = visitor.cart().pieces();
        String account = visitor.account()
                .map(known -> "<a href=\"/account\">" + Template.escape(known.name()) + "</a>")
                .orElse("<a href=\"/login\">Sign in</a>");
        return Template.fill(
                resources.template("layout"),
                Map.of(
                        "language",
                        language.getLanguage(),
                        "title",
                        title,
                        "cartPieces",
                        Integer.toString(pieces),
                        "account",
                        account,
                        "content",
                        Template.fill(resources.template(template), values)));
    }
}
