package ai.bctrl.local.internal.relay;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A socket with WebSocket frames on it, for both ends of the relay. Not thread-safe; use from one thread. */
final class RawSocket implements Closeable {

    static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final int TIMEOUT_MILLIS = 20_000;

    /** A frame. */
    record Frame(int opcode, ByteBuffer payload) {
        String text() {
            return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
        }

        /** Code and reason of a close frame. */
        String reason() {
            ByteBuffer rest = payload.duplicate();
            return (rest.getShort() & 0xffff) + " " + StandardCharsets.UTF_8.decode(rest);
        }
    }

    private final Socket socket;
    final DataInputStream in;
    final OutputStream out;

    RawSocket(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Connects and sends the upgrade, with further bytes in the same packet. */
    static RawSocket upgrade(InetSocketAddress address, String headers, byte[] early) throws IOException {
        RawSocket raw = new RawSocket(new Socket(address.getAddress(), address.getPort()));
        String request = "GET /v1/cdp/conn_1?token=t%20t&x=1 HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(request.getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(early);
        raw.out.write(all.toByteArray());
        return raw;
    }

    static String upgradeHeaders() {
        return "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                + KEY + "\r\nSec-WebSocket-Extensions: permessage-deflate\r\nUser-Agent: Playwright/1\r\n";
    }

    /** Connects and is through with the upgrade. */
    static RawSocket open(InetSocketAddress address) throws IOException {
        RawSocket raw = upgrade(address, upgradeHeaders(), new byte[0]);
        String answer = raw.header();
        if (!answer.startsWith("HTTP/1.1 101 ")) {
            throw new IOException(answer);
        }
        return raw;
    }

    /** Reads to the empty line. */
    String header() throws IOException {
        StringBuilder header = new StringBuilder();
        while (header.indexOf("\r\n\r\n") < 0) {
            header.append((char) in.readUnsignedByte());
        }
        return header.toString();
    }

    void sendText(String text, boolean masked) throws IOException {
        out.write(frame(1, text.getBytes(StandardCharsets.UTF_8), masked));
    }

    static byte[] frame(int opcode, byte[] payload, boolean masked) {
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put((byte) (0x80 | opcode));
        int mask = masked ? 0x80 : 0;
        if (payload.length < 126) {
            frame.put((byte) (mask | payload.length));
        } else if (payload.length < 65536) {
            frame.put((byte) (mask | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (mask | 127)).putLong(payload.length);
        }
        if (masked) {
            // A mask of zeros leaves the payload as it is.
            frame.putInt(0);
        }
        frame.put(payload).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    Frame read() throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        long length = second & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        if ((second & 0x80) != 0) {
            in.readInt();
        }
        byte[] payload = new byte[(int) length];
        in.readFully(payload);
        return new Frame(first & 0x0f, ByteBuffer.wrap(payload));
    }

    /** Reads until the other side ends the connection, cleanly or not; gives what came before. */
    byte[] readToEnd() {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try {
            while (true) {
                rest.write(in.readUnsignedByte());
            }
        } catch (EOFException e) {
            return rest.toByteArray();
        } catch (IOException e) {
            if (e instanceof SocketTimeoutException) {
                throw new AssertionError("the connection was not ended", e);
            }
            return rest.toByteArray();
        }
    }

    /** Ends the connection with a reset, as a killed process with unread bytes does. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Ends the connection in the orderly way. */
    void hangUp() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
