/**
 * Takes secrets out of what is kept of a test. Start with {@link ai.bctrl.junit.internal.redaction.Redaction}, and with
 * {@link ai.bctrl.junit.internal.redaction.SecretRules} for what counts as a secret.
 */
@NullMarked
package ai.bctrl.junit.internal.redaction;

import org.jspecify.annotations.NullMarked;
