package ai.bctrl.samples.shop;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;

/** Prices are whole euro cents; this writes them for people. */
final class Money {
    private Money() {}

    static String format(int cents, Locale locale) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(Currency.getInstance("EUR"));
        return format.format(decimal(cents));
    }

    static String format(int cents) {
        return format(cents, Locale.UK);
    }

    static BigDecimal decimal(int cents) {
        return BigDecimal.valueOf(cents, 2);
    }
}
