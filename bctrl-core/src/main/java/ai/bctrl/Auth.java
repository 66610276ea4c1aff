package ai.bctrl;

import ai.bctrl.internal.http.ApiCall;
import ai.bctrl.internal.http.Transport;
import ai.bctrl.model.Whoami;

/**
 * Who a key belongs to. Got from {@link BctrlClient#auth()}.
 *
 * <p>Thread-safe. Every method makes one request, tried again where that is safe, and throws a {@link
 * ai.bctrl.error.BctrlException}: {@link ai.bctrl.error.BctrlApiException} if the service refuses, {@link
 * ai.bctrl.error.BctrlConnectionException} if it cannot be reached, {@link ai.bctrl.error.BctrlTimeoutException} if it
 * does not answer in time.
 */
public final class Auth {
    private final Transport transport;

    Auth(Transport transport) {
        this.transport = transport;
    }

    /**
     * Tells who the key belongs to.
     *
     * @return the owner of the key
     */
    @ApiRoute("GET /v1/auth/whoami")
    public Whoami whoami() {
        return whoami(RequestOptions.none());
    }

    /** Like {@link #whoami()}, with settings for this call. */
    @ApiRoute("GET /v1/auth/whoami")
    public Whoami whoami(RequestOptions options) {
        return transport.send(options.applyTo(ApiCall.get("auth", "whoami")), Whoami.class);
    }
}
