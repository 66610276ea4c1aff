package ai.bctrl.local.internal.service;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.regex.Pattern;

/** A request cannot be answered as it was meant to be. The message is for people: it says what is wrong and what to do. */
public class ApiProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final int status;
    private final String code;
    private final transient Map<String, Object> details;

    /**
     * Creates a problem.
     *
     * @param status the HTTP status to answer with, 400 to 599
     * @param code the machine-readable error code of the API
     * @param message for people; no secrets
     * @param details facts tied to the code
     */
    public ApiProblem(int status, String code, String message, Map<String, Object> details) {
        super(requireNonNull(message, "message"));
        this.status = status;
        this.code = requireNonNull(code, "code");
        this.details = Map.copyOf(details);
    }

    /** A value of the request does not fit. */
    public static ApiProblem invalid(String field, String message) {
        return new ApiProblem(400, "request.invalid", message, Map.of("field", field));
    }

    /**
     * A thing of the path is not there.
     *
     * @param thing its kind, which begins the code: {@code space}
     * @param id what the path names
     */
    public static ApiProblem notFound(String thing, String id) {
        // What is no id may be anything, also something that does not belong into an answer.
        boolean echo = UUID.matcher(id).matches();
        return new ApiProblem(
                404,
                thing + ".not_found",
                "There is no " + thing + (echo ? " " + id + "." : " with this id."),
                echo ? Map.of(thing + "Id", id) : Map.of());
    }

    /** The control plane is about to end. */
    public static ApiProblem shuttingDown() {
        return new ApiProblem(503, "server.shutting_down", "The control plane is shutting down.", Map.of());
    }

    /** The HTTP status to answer with. */
    public int status() {
        return status;
    }

    /** The machine-readable error code. */
    public String code() {
        return code;
    }

    /** Facts tied to the code. */
    public Map<String, Object> details() {
        return details == null ? Map.of() : details;
    }
}
