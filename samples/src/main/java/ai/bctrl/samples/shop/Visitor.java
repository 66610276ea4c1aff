package ai.bctrl.samples.shop;

import ai.bctrl.samples.shop.Accounts.Account;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the shop remembers of one session: cart, orders, and who is signed in. Thread-safe. */
final class Visitor {
    private final Cart cart = new Cart();
    private final Map<String, Order> orders = new ConcurrentHashMap<>();
    private volatile @Nullable Account account;

    Cart cart() {
        return cart;
    }

    void remember(Order order) {
        orders.put(order.number(), order);
    }

    Order order(String number) {
        return Optional.ofNullable(orders.get(number))
                .orElseThrow(() -> new ShopException(404, "You have no order with the number \"" + number + "\"."));
    }

    Optional<Account> account() {
        return Optional.ofNullable(account);
    }

    void signIn(Account newAccount) {
        account = newAccount;
    }

    void signOut() {
        account = null;
    }
}
