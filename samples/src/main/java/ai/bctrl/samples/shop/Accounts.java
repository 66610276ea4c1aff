package ai.bctrl.samples.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Who may sign in. Every shop starts with the customer {@code ada}. Thread-safe. */
final class Accounts {
    /** A customer; the password of a sample needs no hash. */
    record Account(String user, String name, String password) {}

    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    Accounts() {
        accounts.put("ada", new Account("ada", "Ada Lovelace", "high-as-a-kite"));
    }

    Optional<Account> signIn(String user, String password) {
        return Optional.ofNullable(accounts.get(user))
                .filter(account -> MessageDigest.isEqual(account.password().getBytes(UTF_8), password.getBytes(UTF_8)));
    }

    void delete(Account account) {
        accounts.remove(account.user(), account);
    }
}
