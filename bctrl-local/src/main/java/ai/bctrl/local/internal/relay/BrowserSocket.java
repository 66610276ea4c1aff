package ai.bctrl.local.internal.relay;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.EndPoint;

/**
 * A socket to a browser's DevTools, after the upgrade. Whoever has it closes the end point.
 *
 * @param endPoint reads and writes WebSocket frames
 * @param early what came together with the answer to the upgrade; may be empty
 */
record BrowserSocket(EndPoint endPoint, ByteBuffer early) {}
