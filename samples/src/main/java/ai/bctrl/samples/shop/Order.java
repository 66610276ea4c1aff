package ai.bctrl.samples.shop;

import java.util.List;

/** A placed order. */
record Order(String number, List<Cart.Line> lines, Checkout checkout) {
    int goodsCents() {
        return lines.stream().mapToInt(Cart.Line::totalCents).sum();
    }

    int discountCents() {
        return checkout.voucher().isEmpty() ? 0 : goodsCents() / 10;
    }

    int totalCents() {
        return goodsCents() - discountCents() + checkout.delivery().priceCents();
    }

    /** The invoice as CSV after RFC 4180, one line for each product and one for the delivery. */
    String invoiceCsv() {
        StringBuilder csv = new StringBuilder("order,article,quantity,unit price EUR,total EUR\r\n");
        for (Cart.Line line : lines) {
            row(csv, line.product().name(), line.quantity(), line.product().priceCents(), line.totalCents());
        }
        if (discountCents() > 0) {
            row(csv, "Voucher " + checkout.voucher(), 1, -discountCents(), -discountCents());
        }
        int delivery = checkout.delivery().priceCents();
        row(csv, "Delivery: " + checkout.delivery().label(), 1, delivery, delivery);
        row(csv, "Total", 1, totalCents(), totalCents());
        return csv.toString();
    }

    private void row(StringBuilder csv, String article, int quantity, int unitCents, int totalCents) {
        csv.append(number)
                .append(",\"")
                .append(article.replace("\"", "\"\""))
                .append("\",")
                .append(quantity)
                .append(',')
                .append(Money.decimal(unitCents))
                .append(',')
                .append(Money.decimal(totalCents))
                .append("\r\n");
    }
}
