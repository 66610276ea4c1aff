package ai.bctrl.network;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What is said to a proxy before the connection is one's own: CONNECT (RFC 9110), or SOCKS 5 (RFC 1928 and 1929). */
final class ProxyHandshake {
    private static final int LONGEST_HEAD = 32 << 10;
    private static final int VERSION = 5;
    private static final int NO_AUTHENTICATION = 0;
    private static final int USERNAME_PASSWORD = 2;
    private static final int NAME = 3;

    private final ProxyAddress proxy;
    private final DataInputStream in;
    private final OutputStream out;

    ProxyHandshake(ProxyAddress proxy, Socket socket) throws IOException {
        this.proxy = proxy;
        // Unbuffered: what follows belongs to whoever reads next.
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    void run(String host, int port) throws IOException {
        try {
            if (proxy.kind() == ProxyAddress.Kind.HTTP) {
                connect(host, port);
            } else {
                greet();
                request(host, port);
            }
        } catch (EOFException hungUp) {
            throw new ProxyRefusal("the proxy " + proxy + " hung up");
        }
    }

    /** The value of {@code Proxy-Authorization}; null without a user. */
    static @Nullable String basic(ProxyAddress proxy) {
        if (proxy.username() == null) {
            return null;
        }
        String pair = proxy.username() + ":" + (proxy.password() == null ? "" : proxy.password());
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private void connect(String host, int port) throws IOException {
        String authority = (host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
        String credentials = basic(proxy);
        out.write(("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n"
                        + (credentials == null ? "" : "Proxy-Authorization: " + credentials + "\r\n") + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        String head = head();
        String status = head.substring(0, Math.max(0, head.indexOf('\r')));
        if (!status.matches("HTTP/1\\.[01] 2\\d\\d.*")) {
            throw new ProxyRefusal(
                    status.matches("HTTP/1\\.[01] 407.*")
                            ? NetworkFault.proxyWantsCredentials(proxy)
                            : status.startsWith("HTTP/")
                                    ? "the proxy " + proxy + " refused the connection to " + authority + ": "
                                            + status.replaceFirst("HTTP/\\S+ ", "")
                                    : "the proxy " + proxy + " does not speak HTTP");
        }
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < LONGEST_HEAD) {
            head.append((char) in.readUnsignedByte());
            if (head.length() >= 4 && head.indexOf("\r\n\r\n", head.length() - 4) >= 0) {
                return head.toString();
            }
        }
        throw new ProxyRefusal("the proxy " + proxy + " does not speak HTTP");
    }

    private void greet() throws IOException {
        String user = proxy.username();
        out.write(
                user == null
                        ? new byte[] {VERSION, 1, NO_AUTHENTICATION}
                        : new byte[] {VERSION, 2, NO_AUTHENTICATION, USERNAME_PASSWORD});
        int version = in.readUnsignedByte();
        int method = in.readUnsignedByte();
        if (version != VERSION) {
            throw new ProxyRefusal("the proxy " + proxy + " does not speak SOCKS 5");
        } else if (method == USERNAME_PASSWORD && user != null) {
            out.write(credentials(user, proxy.password() == null ? "" : proxy.password()));
            in.readUnsignedByte();
            if (in.readUnsignedByte() != 0) {
                throw new ProxyRefusal(NetworkFault.proxyWantsCredentials(proxy));
            }
        } else if (method != NO_AUTHENTICATION) {
            throw new ProxyRefusal(NetworkFault.proxyWantsCredentials(proxy));
        }
    }

    private static byte[] credentials(String username, String password) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        byte[] user = username.getBytes(StandardCharsets.UTF_8);
        byte[] secret = password.getBytes(StandardCharsets.UTF_8);
        message.write(1);
        message.write(user.length);
        message.writeBytes(user);
        message.write(secret.length);
        message.writeBytes(secret);
        return message.toByteArray();
    }

    private void request(String host, int port) throws IOException {
        // Always by name: the proxy may know names that this machine does not, and takes addresses as names too.
        byte[] name = host.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(new byte[] {VERSION, 1, 0, NAME});
        message.write(name.length);
        message.writeBytes(name);
        message.write(port >> 8);
        message.write(port);
        out.write(message.toByteArray());
        in.readUnsignedByte();
        int reply = in.readUnsignedByte();
        if (reply != 0) {
            throw new ProxyRefusal(
                    "the proxy " + proxy + " cannot connect to " + host + ":" + port + ": " + said(reply));
        }
        in.readUnsignedByte();
        int type = in.readUnsignedByte();
        int length = type == 1 ? 4 : type == NAME ? in.readUnsignedByte() : 16;
        in.readFully(new byte[length + 2]);
    }

    private static String said(int reply) {
        return switch (reply) {
            case 2 -> "its rules do not allow it";
            case 3 -> "the network is unreachable";
            case 4 -> "the host is unreachable or unknown";
            case 5 -> "the connection was refused";
            case 6 -> "it took too long";
            default -> "SOCKS reply " + reply;
        };
    }
}
