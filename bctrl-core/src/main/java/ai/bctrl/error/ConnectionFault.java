package ai.bctrl.error;

/** What kept a connection from being made, or broke it. */
public enum ConnectionFault {
    /** The name of the host is not known. */
    DNS,
    /** The host is there, but nobody listens at the port. */
    REFUSED,
    /** There is no way to the host. */
    UNREACHABLE,
    /** Nobody answered in time. */
    TIMEOUT,
    /** The certificate of the service comes from nobody who is trusted. */
    TLS_UNTRUSTED,
    /** The certificate of the service has expired, or is not valid yet. */
    TLS_EXPIRED,
    /** The certificate of the service is for another name. */
    TLS_WRONG_NAME,
    /** The service wants a certificate of the client, or did not take the one it was shown. */
    TLS_CLIENT_CERTIFICATE,
    /** Another failure of TLS: for example, the port does not speak it. */
    TLS,
    /** The proxy refused. */
    PROXY,
    /** The connection broke off before the answer was whole. */
    BROKEN;

    /** {@return whether the same may succeed a moment later} */
    public boolean mayPass() {
        return switch (this) {
            case DNS, REFUSED, UNREACHABLE, TIMEOUT, BROKEN -> true;
            case TLS_UNTRUSTED, TLS_EXPIRED, TLS_WRONG_NAME, TLS_CLIENT_CERTIFICATE, TLS, PROXY -> false;
        };
    }
}
