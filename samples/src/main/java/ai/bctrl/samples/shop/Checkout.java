package ai.bctrl.samples.shop;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The filled-in checkout form. The card number is checked and forgotten. */
record Checkout(
        String name, String email, String street, String postcode, String city, Delivery delivery, String voucher) {

    static final String VOUCHER = "FIRSTFLIGHT";

    private static final int MAX_LENGTH = 120;
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+");
    private static final Pattern POSTCODE = Pattern.compile("\\d{5}");

    static Checkout of(Map<String, String> form) {
        return new Checkout(
                value(form, "name"),
                value(form, "email"),
                value(form, "street"),
                value(form, "postcode"),
                value(form, "city"),
                delivery(form),
                value(form, "voucher").toUpperCase(Locale.ROOT));
    }

    /** What is wrong with a form, by field, in the order of the page; empty if nothing is. */
    static Map<String, String> problems(Map<String, String> form) {
        Map<String, String> problems = new LinkedHashMap<>();
        check(problems, form, "name", !value(form, "name").isEmpty(), "Enter your full name.");
        check(
                problems,
                form,
                "email",
                EMAIL.matcher(value(form, "email")).matches(),
                "Enter an email address such as ada@example.org.");
        check(problems, form, "street", !value(form, "street").isEmpty(), "Enter street and house number.");
        check(
                problems,
                form,
                "postcode",
                POSTCODE.matcher(value(form, "postcode")).matches(),
                "Enter a postcode of five digits.");
        check(problems, form, "city", !value(form, "city").isEmpty(), "Enter the city.");
        check(problems, form, "card", isCardNumber(value(form, "card")), "This is not a valid card number.");
        String voucher = value(form, "voucher");
        check(
                problems,
                form,
                "voucher",
                voucher.isEmpty() || voucher.equalsIgnoreCase(VOUCHER),
                "We do not know the voucher \"" + voucher + "\".");
        check(problems, form, "terms", value(form, "terms").equals("yes"), "Please accept the terms of sale.");
        return problems;
    }

    private static void check(
            Map<String, String> problems, Map<String, String> form, String field, boolean good, String problem) {
        if (value(form, field).length() > MAX_LENGTH) {
            problems.put(field, "Enter at most " + MAX_LENGTH + " characters.");
        } else if (!good) {
            problems.put(field, problem);
        }
    }

    private static String value(Map<String, String> form, String field) {
        return form.getOrDefault(field, "").strip();
    }

    private static Delivery delivery(Map<String, String> form) {
        String id = form.getOrDefault("delivery", Delivery.STANDARD.id());
        for (Delivery delivery : Delivery.values()) {
            if (delivery.id().equals(id)) {
                return delivery;
            }
        }
        throw new ShopException(400, "There is no delivery called \"" + id + "\".");
    }

    /** Sixteen digits whose check digit (Luhn) is right. */
    private static boolean isCardNumber(String text) {
        String digits = text.replace(" ", "");
        if (!digits.matches("\\d{16}")) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            int doubled = i % 2 == 0 ? 2 * digit : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }
}
