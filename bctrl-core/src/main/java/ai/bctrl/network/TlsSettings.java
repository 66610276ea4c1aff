package ai.bctrl.network;

import ai.bctrl.error.BctrlConfigurationException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What TLS connections are made with. Immutable.
 *
 * @param sockets makes them
 * @param trust decides whom they trust
 */
public record TlsSettings(SSLSocketFactory sockets, X509TrustManager trust) {
    static TlsSettings of(@Nullable Certificates trusted, @Nullable Certificates identity) {
        try {
            X509TrustManager trust = trust(trusted == null ? null : trusted.trusted());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(identity == null ? null : keys(identity), new TrustManager[] {trust}, null);
            return new TlsSettings(context.getSocketFactory(), trust);
        } catch (GeneralSecurityException unfit) {
            throw new BctrlConfigurationException("TLS cannot be set up: " + unfit.getMessage()
                    + (identity == null ? "" : "; is the password of the key store also that of its key?"));
        }
    }

    private static KeyManager[] keys(Certificates identity) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(identity.identity(), identity.keyPassword());
        return factory.getKeyManagers();
    }

    private static X509TrustManager trust(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager trust) {
                return trust;
            }
        }
        throw new GeneralSecurityException("this JVM has no trust manager for X.509");
    }
}
