package ai.bctrl.samples.shop;

import ai.bctrl.junit.BctrlBrowser;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test class of Kite Shop: each test gets a managed browser and the class gets a shop. */
@BctrlBrowser
@ExtendWith(KiteShop.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface ShopTest {}
