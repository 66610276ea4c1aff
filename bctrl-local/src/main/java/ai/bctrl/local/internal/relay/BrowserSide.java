package ai.bctrl.local.internal.relay;

import ai.bctrl.local.internal.service.ControllerTap;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** The way to a browser, which is open before its controller's upgrade is answered. Thread-safe. */
interface BrowserSide {

    /**
     * Puts it together with the controller's socket; it is closed through the splice then.
     *
     * @param controller a socket that blocks
     */
    Splice join(String name, SocketChannel controller, @Nullable ControllerTap tap, Splice.Listener listener);

    /** Closes it. */
    void close();
}
