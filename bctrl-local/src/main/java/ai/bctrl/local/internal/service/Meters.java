package ai.bctrl.local.internal.service;

import java.time.Duration;

/** Counts what happens in a control plane, for those that watch it. Thread-safe. */
public interface Meters {

    /** Counts nothing. */
    Meters NONE = new Meters() {
        @Override
        public void launched(Duration took, boolean up) {}

        @Override
        public void ended(String cause) {}

        @Override
        public void answered(String route, int status, Duration took) {}

        @Override
        public void written(int events) {}

        @Override
        public void relayed(long fromController, long fromBrowser) {}

        @Override
        public String text() {
            return "";
        }
    };

    /** A browser was started, or did not start. */
    void launched(Duration took, boolean up);

    /**
     * A runtime ended.
     *
     * @param cause one of few words
     */
    void ended(String cause);

    /**
     * A request was answered.
     *
     * @param route name of the operation, of which there are few
     * @param status of HTTP
     */
    void answered(String route, int status, Duration took);

    /** Events were written. */
    void written(int events);

    /** A socket of a controller was closed through which so many bytes went. */
    void relayed(long fromController, long fromBrowser);

    /** {@return all there is, as Prometheus reads it} */
    String text();
}
