package ai.bctrl.local.internal.service;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/**
 * Is shown the bytes that pass between one controller and its browser. Each direction is called by one thread at a time;
 * no method may block or throw, as the relay calls them from its I/O threads, and the buffers stay as they are: their
 * bytes are to be copied.
 */
public interface ControllerTap {

    /**
     * Bytes on their way to the browser.
     *
     * @param frameEnds whether a WebSocket frame ends with them
     */
    void fromController(ByteBuffer bytes, boolean frameEnds);

    /**
     * Bytes on their way to the controller.
     *
     * @param frameEnds whether a WebSocket frame ends with them
     */
    void fromBrowser(ByteBuffer bytes, boolean frameEnds);

    /**
     * Nothing more will come.
     *
     * @return completes when all that was seen has been understood, shortly after
     */
    CompletionStage<Void> end();
}
