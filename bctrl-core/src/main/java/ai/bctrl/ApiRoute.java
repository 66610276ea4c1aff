package ai.bctrl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the route that a method calls. A test compares all of them with the contract. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ApiRoute {
    /** {@return verb and path, for example {@code GET /v1/spaces/{id}}} */
    String value();
}
