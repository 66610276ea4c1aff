package ai.bctrl.samples.shop;

import java.util.List;

/** The products of the shop, the same in every instance. */
final class Catalogue {
    static final int MAX_QUERY_LENGTH = 80;

    private static final List<Product> PRODUCTS = List.of(
            new Product(
                    "delta-one",
                    "Delta One",
                    "delta",
                    4_900,
                    210,
                    "2 to 5 Bft",
                    "#e4572e",
                    "#ffc914",
                    "Steady single line delta for a first flight. Stands by itself in a light breeze."),
            new Product(
                    "sky-diamond",
                    "Sky Diamond",
                    "diamond",
                    2_450,
                    95,
                    "2 to 4 Bft",
                    "#2e86ab",
                    "#f6f5ae",
                    "The kite of every picture book, with a three metre tail of ripstop bows."),
            new Product(
                    "box-of-wind",
                    "Box of Wind",
                    "box",
                    8_900,
                    120,
                    "3 to 6 Bft",
                    "#5b8e7d",
                    "#f4e285",
                    "Cellular kite after Hargrave, 1893. Lifts a small camera without a tremble."),
            new Product(
                    "tango-stunt",
                    "Tango Stunt",
                    "stunt",
                    12_900,
                    180,
                    "2 to 6 Bft",
                    "#6a4c93",
                    "#ff595e",
                    "Two lines, carbon frame, quick in turns. Made for axels and tip stands."),
            new Product(
                    "pocket-sled",
                    "Pocket Sled",
                    "sled",
                    1_290,
                    60,
                    "1 to 4 Bft",
                    "#118ab2",
                    "#ffd166",
                    "No sticks, no fuss: folds into a jacket pocket and is up in ten seconds."),
            new Product(
                    "parafoil-xl",
                    "Parafoil XL",
                    "parafoil",
                    19_900,
                    300,
                    "2 to 5 Bft",
                    "#d1495b",
                    "#edae49",
                    "Soft wing with real pull. Please wear gloves and look behind you."),
            new Product(
                    "night-rokkaku",
                    "Night Rokkaku",
                    "rokkaku",
                    14_500,
                    150,
                    "1 to 4 Bft",
                    "#22223b",
                    "#9a8c98",
                    "Japanese fighting kite with a line of small lights for the blue hour."),
            new Product(
                    "line-winder",
                    "Line Winder",
                    "winder",
                    990,
                    20,
                    "any",
                    "#b5651d",
                    "#f2d0a4",
                    "Beech wood winder with 60 m of line, tied and ready to go."));

    List<Product> all() {
        return PRODUCTS;
    }

    List<Product> search(String words) {
        if (words.length() > MAX_QUERY_LENGTH) {
            throw new ShopException(400, "The search text is longer than " + MAX_QUERY_LENGTH + " characters.");
        }
        return PRODUCTS.stream().filter(product -> product.matches(words)).toList();
    }

    Product get(String sku) {
        return PRODUCTS.stream()
                .filter(product -> product.sku().equals(sku))
                .findFirst()
                .orElseThrow(() -> new ShopException(404, "There is no kite called \"" + sku + "\"."));
    }
}
