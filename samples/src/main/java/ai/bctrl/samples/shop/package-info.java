/**
 * Kite Shop, the web application that the samples test: a catalogue, a cart, a checkout, accounts and a live stock
 * ticker, served by Jetty on loopback. Start with {@link ai.bctrl.samples.shop.ShopServer}; the routes are in {@code
 * ShopRoutes}, the pages in the resources folder {@code pages}.
 */
@NullMarked
package ai.bctrl.samples.shop;

import org.jspecify.annotations.NullMarked;
