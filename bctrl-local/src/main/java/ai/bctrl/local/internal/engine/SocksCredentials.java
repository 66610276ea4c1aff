package ai.bctrl.local.internal.engine;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The sub-negotiation of SOCKS 5 with username and password (RFC 1929), which Chromium does not speak. */
final class SocksCredentials {

    private static final int VERSION = 5;
    private static final int NO_AUTHENTICATION = 0;
    private static final int USERNAME_PASSWORD = 2;

    private SocksCredentials() {}

    /**
     * Greets both sides; afterwards the browser's request can be passed on as it is.
     *
     * @throws IOException if a side does not speak SOCKS 5 or the proxy refuses
     */
    static void negotiate(Socket browser, Socket proxy, String username, String password) throws IOException {
        // Unbuffered: what follows belongs to whoever copies next.
        DataInputStream fromBrowser = new DataInputStream(browser.getInputStream());
        if (fromBrowser.readUnsignedByte() != VERSION) {
            throw new IOException("the browser does not speak SOCKS 5");
        }
        fromBrowser.readFully(new byte[fromBrowser.readUnsignedByte()]);
        authenticate(proxy, username, password);
        browser.getOutputStream().write(new byte[] {VERSION, NO_AUTHENTICATION});
    }

    private static void authenticate(Socket proxy, String username, String password) throws IOException {
        DataInputStream in = new DataInputStream(proxy.getInputStream());
        OutputStream out = proxy.getOutputStream();
        out.write(new byte[] {VERSION, 2, NO_AUTHENTICATION, USERNAME_PASSWORD});
        int version = in.readUnsignedByte();
        int method = in.readUnsignedByte();
        if (version != VERSION || (method != USERNAME_PASSWORD && method != NO_AUTHENTICATION)) {
            throw new IOException("the proxy takes no username and password");
        }
        if (method == USERNAME_PASSWORD) {
            out.write(credentials(username, password));
            in.readUnsignedByte();
            if (in.readUnsignedByte() != 0) {
                throw new IOException("the proxy refused username or password");
            }
        }
    }

    private static byte[] credentials(String username, String password) {
        byte[] user = username.getBytes(StandardCharsets.UTF_8);
        byte[] secret = password.getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[3 + user.length + secret.length];
        message[0] = 1;
        message[1] = (byte) user.length;
        System.arraycopy(user, 0, message, 2, user.length);
        message[2 + user.length] = (byte) secret.length;
        System.arraycopy(secret, 0, message, 3 + user.length, secret.length);
        return message;
    }
}
