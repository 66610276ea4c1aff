package ai.bctrl.samples.shop;

import ai.bctrl.samples.shop.Accounts.Account;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** What the shop answers to each request. */
final class ShopRoutes {
    private static final int MAX_QUANTITY = 99;

    private final Catalogue catalogue;
    private final Stock stock;
    private final Pages pages;
    private final Resources resources;
    private final Accounts accounts = new Accounts();
    private final AtomicInteger lastOrder = new AtomicInteger(1000);

    ShopRoutes(Catalogue catalogue, Stock stock, Pages pages, Resources resources) {
        this.catalogue = catalogue;
        this.stock = stock;
        this.pages = pages;
        this.resources = resources;
    }

    Router router() {
        return new Router()
                .on("GET", "/", e -> e.html(200, pages.home(e.visitor())))
                .on("GET", "/favicon.ico", e -> asset(e, "icon.svg"))
                .on("GET", "/assets/{name}", e -> asset(e, e.path("name")))
                .on("GET", "/help", e -> e.html(200, pages.help()))
                .on("GET", "/shipping", this::shipping)
                .on("GET", "/products/{sku}", this::product)
                .on("GET", "/cart", e -> e.html(200, pages.cart(e.visitor())))
                .on("POST", "/cart/{sku}", this::changeCart)
                .on("GET", "/checkout", this::checkout)
                .on("POST", "/checkout", this::buy)
                .on(
                        "GET",
                        "/orders/{number}",
                        e -> e.html(200, pages.order(e.visitor(), e.visitor().order(e.path("number")))))
                .on("GET", "/orders/{number}/invoice.csv", this::invoice)
                .on("GET", "/login", e -> e.html(200, pages.login(e.visitor(), "", e.query("next"), "")))
                .on("POST", "/login", this::signIn)
                .on("POST", "/logout", this::signOut)
                .on("GET", "/account", this::account)
                .on("GET", "/goodbye", e -> e.html(200, pages.goodbye(e.visitor())))
                .on("GET", "/api/products", this::search)
                .on("POST", "/api/cart", this::addToCart)
                .on("GET", "/api/orders/{number}/flight", this::flight)
                .on("DELETE", "/api/account", this::deleteAccount);
    }

    private void asset(Exchange exchange, String name) {
        Resources.Asset asset = resources.asset(name);
        exchange.header("Cache-Control", "max-age=60");
        exchange.send(200, asset.type(), asset.content());
    }

    private void shipping(Exchange exchange) {
        Locale language = exchange.language();
        exchange.header("Content-Language", language.getLanguage());
        exchange.html(200, pages.shipping(exchange.visitor(), language));
    }

    private void search(Exchange exchange) {
        exchange.json(
                200,
                catalogue.search(exchange.query("q")).stream()
                        .map(this::json)
                        .collect(Collectors.joining(",", "{\"products\":[", "]}")));
    }

    private String json(Product product) {
        return "{\"sku\":%s,\"name\":%s,\"kind\":%s,\"price\":%s,\"colour\":%s,\"accent\":%s,\"wind\":%s,\"stock\":%d}"
                .formatted(
                        Json.quote(product.sku()),
                        Json.quote(product.name()),
                        Json.quote(product.kind()),
                        Json.quote(Money.format(product.priceCents())),
                        Json.quote(product.colour()),
                        Json.quote(product.accent()),
                        Json.quote(product.wind()),
                        stock.left(product));
    }

    private void product(Exchange exchange) {
        Product product = catalogue.get(exchange.path("sku"));
        exchange.html(200, pages.product(exchange.visitor(), product, stock.left(product)));
    }

    private void addToCart(Exchange exchange) {
        Map<String, String> form = exchange.form();
        Product product = catalogue.get(form.getOrDefault("sku", ""));
        int more = quantity(form, 1);
        Cart cart = exchange.visitor().cart();
        int quantity = cart.quantity(product) + more;
        stock.requireLeft(product, quantity);
        cart.set(product, quantity);
        String message = more + " \u00d7 " + product.name() + " added to your cart.";
        exchange.json(200, "{\"pieces\":%d,\"message\":%s}".formatted(cart.pieces(), Json.quote(message)));
    }

    private void changeCart(Exchange exchange) {
        Product product = catalogue.get(exchange.path("sku"));
        int quantity = quantity(exchange.form(), 0);
        stock.requireLeft(product, quantity);
        exchange.visitor().cart().set(product, quantity);
        exchange.redirect("/cart");
    }

    private static int quantity(Map<String, String> form, int least) {
        String text = form.getOrDefault("quantity", "");
        // Two digits cannot overflow.
        int quantity = text.matches("[0-9]{1,2}") ? Integer.parseInt(text) : -1;
        if (quantity < least) {
            throw new ShopException(400, "Enter a quantity from " + least + " to " + MAX_QUANTITY + ".");
        }
        return quantity;
    }

    private void checkout(Exchange exchange) {
        Visitor visitor = exchange.visitor();
        if (visitor.cart().lines().isEmpty()) {
            exchange.redirect("/cart");
            return;
        }
        Map<String, String> form =
                visitor.account().map(account -> Map.of("name", account.name())).orElse(Map.of());
        exchange.html(200, pages.checkout(visitor, form, Map.of()));
    }

    private void buy(Exchange exchange) {
        Visitor visitor = exchange.visitor();
        Map<String, String> form = exchange.form();
        Cart cart = visitor.cart();
        if (cart.lines().isEmpty()) {
            throw new ShopException(409, "Your cart is empty.");
        }
        Map<String, String> problems = Checkout.problems(form);
        if (!problems.isEmpty()) {
            exchange.html(422, pages.checkout(visitor, form, problems));
            return;
        }
        Order order = new Order("KS-" + lastOrder.incrementAndGet(), cart.lines(), Checkout.of(form));
        stock.take(order.lines());
        cart.clear();
        visitor.remember(order);
        exchange.redirect("/orders/" + order.number());
    }

    private void invoice(Exchange exchange) {
        Order order = exchange.visitor().order(exchange.path("number"));
        exchange.header("Content-Disposition", "attachment; filename=\"invoice-" + order.number() + ".csv\"");
        exchange.send(200, "text/csv; charset=utf-8", order.invoiceCsv());
    }

    private void flight(Exchange exchange) {
        Order order = exchange.visitor().order(exchange.path("number"));
        throw new ShopException(503, "Flight control has no drone for " + order.number() + ".");
    }

    private void signIn(Exchange exchange) {
        Map<String, String> form = exchange.form();
        String user = form.getOrDefault("user", "");
        String next = form.getOrDefault("next", "");
        Visitor visitor = exchange.visitor();
        accounts.signIn(user, form.getOrDefault("password", ""))
                .ifPresentOrElse(
                        account -> {
                            visitor.signIn(account);
                            exchange.renewSession();
                            // Only pages of this shop: "//host" and "/\host" would leave it.
                            exchange.redirect(next.matches("/[a-z][a-z0-9/-]*") ? next : "/account");
                        },
                        () -> exchange.html(
                                401,
                                pages.login(visitor, user, next, "We do not know this user name with this password.")));
    }

    private void signOut(Exchange exchange) {
        exchange.visitor().signOut();
        exchange.redirect("/");
    }

    private void account(Exchange exchange) {
        exchange.visitor()
                .account()
                .ifPresentOrElse(
                        account -> exchange.html(200, pages.account(exchange.visitor(), account)),
                        () -> exchange.redirect("/login?next=/account"));
    }

    private void deleteAccount(Exchange exchange) {
        Account account = exchange.visitor()
                .account()
                .orElseThrow(() -> new ShopException(401, "Sign in before you delete your account."));
        accounts.delete(account);
        exchange.visitor().signOut();
        exchange.noContent();
    }
}
