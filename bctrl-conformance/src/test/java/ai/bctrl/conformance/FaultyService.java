package ai.bctrl.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Answers every request in the same wrong way. */
final class FaultyService implements AutoCloseable {
    private final ServerSocket front;
    private final byte[] answer;
    private final boolean closes;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

    /**
     * Listens.
     *
     * @param answer what is sent, as it is; nothing if empty
     * @param closes whether the connection is closed after it
     */
    FaultyService(ServerSocket front, String answer, boolean closes) {
        this.front = front;
        this.answer = answer.getBytes(StandardCharsets.UTF_8);
        this.closes = closes;
        daemon(this::accept);
    }

    static FaultyService answering(String status, String headers, String body) throws IOException {
        return saying(
                "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.length()
                        + "\r\nConnection: close\r\n\r\n" + body,
                true);
    }

    static FaultyService saying(String answer, boolean closes) throws IOException {
        return new FaultyService(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answer, closes);
    }

    int port() {
        return front.getLocalPort();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "faulty-service");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = front.accept();
                open.add(client);
                daemon(() -> serve(client));
            }
        } catch (IOException closed) {
            // close() was called.
        }
    }

    private void serve(Socket client) {
        try {
            InputStream in = client.getInputStream();
            int newlines = 0;
            for (int next = in.read(); next >= 0 && newlines < 2; next = newlines < 2 ? in.read() : next) {
                newlines = next == '\n' ? newlines + 1 : next == '\r' ? newlines : 0;
            }
            OutputStream out = client.getOutputStream();
            out.write(answer);
            out.flush();
            if (closes) {
                client.shutdownOutput();
            }
        } catch (IOException gone) {
            // The client has given up.
        }
    }

    @Override
    public void close() throws IOException {
        front.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
