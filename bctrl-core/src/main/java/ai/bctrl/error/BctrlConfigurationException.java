package ai.bctrl.error;

import org.jspecify.annotations.Nullable;

/** A setting is missing or does not fit. Nothing was sent. */
public class BctrlConfigurationException extends BctrlException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception without a cause. */
    public BctrlConfigurationException(String message) {
        super(message);
    }

    /** Creates an exception. */
    public BctrlConfigurationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
