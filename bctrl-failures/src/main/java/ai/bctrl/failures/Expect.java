package ai.bctrl.failures;

import ai.bctrl.junit.evidence.EvidenceKind;
import ai.bctrl.junit.evidence.FailureOrigin;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the bundle of a failing test has to say; on a class for all its tests, and for the class as a whole. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@interface Expect {
    /** {@return what is at fault} */
    FailureOrigin origin();

    /** {@return where it fails, as the manifest calls it} */
    String place() default "body";

    /** {@return how many attempts of one run of the suite fail} */
    int failures() default 1;

    /** {@return which kinds cannot be had; there must be a reason for each} */
    EvidenceKind[] without() default {};
}
