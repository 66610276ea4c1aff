package ai.bctrl.junit.evidence;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says when evidence is kept, as an element of {@code @BctrlBrowser(evidence = ...)}. A later element beats an earlier one.
 *
 * <pre>{@code
 * @BctrlBrowser(evidence = {@Keep(EvidenceMode.ALWAYS), @Keep(value = EvidenceMode.OFF, kinds = EvidenceKind.MHTML)})
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface Keep {
    /** {@return when} */
    EvidenceMode value();

    /** {@return which kinds; all if empty} */
    EvidenceKind[] kinds() default {};
}
