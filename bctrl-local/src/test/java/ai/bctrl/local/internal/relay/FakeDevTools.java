package ai.bctrl.local.internal.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser's DevTools port whose every byte the test decides. Not thread-safe; use from one thread. */
final class FakeDevTools implements AutoCloseable {

    private static final Pattern KEY = Pattern.compile("Sec-WebSocket-Key: (\\S+)");

    private final ServerSocket listener;
    private String request = "";

    FakeDevTools() throws IOException {
        listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(10_000);
    }

    URI url() {
        return URI.create("ws://127.0.0.1:" + listener.getLocalPort() + "/devtools/browser/1234");
    }

    /** Takes a connection and answers nothing yet. */
    RawSocket take() throws IOException {
        RawSocket raw = new RawSocket(listener.accept());
        request = raw.header();
        return raw;
    }

    /** Takes a connection and the upgrade, with further bytes in the same packet. */
    RawSocket accept(byte[] early) throws IOException {
        RawSocket raw = take();
        Matcher key = KEY.matcher(request);
        if (!key.find()) {
            throw new IOException("no key in " + request);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(("HTTP/1.1 101 WebSocket Protocol Handshake\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + WebSocketKeys.accept(key.group(1)) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(early);
        raw.out.write(all.toByteArray());
        return raw;
    }

    /** The header of the last request. */
    String request() {
        return request;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
