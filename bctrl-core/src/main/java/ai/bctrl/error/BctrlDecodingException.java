package ai.bctrl.error;

import org.jspecify.annotations.Nullable;

/** JSON does not have the expected shape. The message names the place. */
public class BctrlDecodingException extends BctrlException {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String problem;

    /**
     * Creates an exception.
     *
     * @param path the place in the JSON, for example {@code config.proxy.port}; empty for the whole
     * @param problem what is wrong there
     */
    public BctrlDecodingException(String path, String problem, @Nullable Throwable cause) {
        super(path.isEmpty() ? problem : path + ": " + problem, cause);
        this.path = path;
        this.problem = problem;
    }

    /** {@return the place in the JSON, for example {@code config.proxy.port}; empty for the whole} */
    public String path() {
        return path;
    }

    /** {@return what is wrong there, without the place} */
    public String problem() {
        return problem;
    }
}
