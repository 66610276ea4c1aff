package ai.bctrl.local.internal.relay;

import ai.bctrl.local.internal.service.ControllerTap;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A controller's socket and a browser's, with a thread for each direction. Thread-safe. */
final class PumpedSplice implements Splice {

    private final String name;
    private final BrowserSocket browser;
    private final Pump toBrowser;
    private final Pump toController;

    PumpedSplice(
            String name,
            SocketChannel controller,
            BrowserSocket browser,
            @Nullable ControllerTap tap,
            Listener listener) {
        this.name = name;
        this.browser = browser;
        this.toBrowser = new Pump(
                controller, browser.channel(), tap == null ? null : tap::fromController, new FromController(listener));
        this.toController = new Pump(
                browser.channel(), controller, tap == null ? null : tap::fromBrowser, new FromBrowser(listener));
    }

    @Override
    public void start(@Nullable ByteBuffer early) {
        toController.start(name + "-down", browser.early());
        toBrowser.start(name + "-up", early);
    }

    @Override
    public void discard() {
        toBrowser.discard();
    }

    @Override
    public void stop() {
        toController.stop();
    }

    @Override
    public void close() {
        browser.close();
    }

    @Override
    public long bytesFromController() {
        return toBrowser.bytes();
    }

    @Override
    public long bytesFromBrowser() {
        return toController.bytes();
    }

    @Override
    public boolean isAtBoundary() {
        return toController.isAtBoundary();
    }

    @Override
    public boolean isCloseSeen() {
        return toController.isCloseSeen();
    }

    @Override
    public boolean isCloseAsked() {
        return toBrowser.isCloseSeen();
    }

    private final class FromController implements Pump.Listener {
        private final Listener listener;

        FromController(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void ended() {
            listener.controllerEnded();
        }

        @Override
        public void targetLost() {
            // The other pump reads the end of the same socket and tells why.
            browser.close();
        }
    }

    private final class FromBrowser implements Pump.Listener {
        private final Listener listener;

        FromBrowser(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void ended() {
            browser.close();
            listener.browserEnded();
        }

        @Override
        public void targetLost() {
            listener.controllerEnded();
        }
    }
}
