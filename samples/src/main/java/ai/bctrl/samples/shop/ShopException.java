package ai.bctrl.samples.shop;

import java.io.Serial;

/** A request that the shop refuses; the problem is shown to the visitor. */
final class ShopException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final int status;
    private final String problem;

    ShopException(int status, String problem) {
        super(problem);
        this.status = status;
        this.problem = problem;
    }

    String problem() {
        return problem;
    }

    int status() {
        return status;
    }
}
