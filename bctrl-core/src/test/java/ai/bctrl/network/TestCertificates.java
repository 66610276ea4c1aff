package ai.bctrl.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of a test, made by the JDK's keytool in a directory of the test. */
public final class TestCertificates {
    /** Of all files. */
    public static final String PASSWORD = "of-a-test";

    private final Path directory;

    /** Keeps them there. */
    public TestCertificates(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes a key and a certificate that it signed itself.
     *
     * @param subject a name such as {@code service.test}
     * @param startDate as keytool takes it, for example {@code -3d}
     * @param days how long it is valid
     * @return a PKCS12 file
     */
    public Path create(String name, String subject, String startDate, int days) throws Exception {
        Path file = directory.resolve(name + ".p12");
        String kind = subject.matches("[0-9.]+") ? "ip:" : "dns:";
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + subject,
                "-ext",
                "SAN=" + kind + subject,
                "-startdate",
                startDate,
                "-validity",
                String.valueOf(days),
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD,
                "-storetype",
                "PKCS12");
        return file;
    }

    /**
     * Makes a key and a certificate that an authority signed; the authority's certificate is {@code <name>-authority.pem}.
     *
     * @return a PKCS12 file
     */
    public Path createSigned(String name, String subject, String startDate, int days) throws Exception {
        Path file = directory.resolve(name + ".p12");
        String store = file.toString();
        keytool(
                "-genkeypair",
                "-alias",
                "authority",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=authority",
                "-ext",
                "bc:c",
                "-startdate",
                "-100d",
                "-validity",
                "300",
                "-keystore",
                store,
                "-storepass",
                PASSWORD,
                "-storetype",
                "PKCS12");
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-signer",
                "authority",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + subject,
                "-ext",
                "SAN=dns:" + subject,
                "-startdate",
                startDate,
                "-validity",
                String.valueOf(days),
                "-keystore",
                store,
                "-storepass",
                PASSWORD);
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "authority",
                "-keystore",
                store,
                "-storepass",
                PASSWORD,
                "-file",
                directory.resolve(name + "-authority.pem").toString());
        keytool("-delete", "-alias", "authority", "-keystore", store, "-storepass", PASSWORD);
        return file;
    }

    /** The certificate of a key, as PEM. */
    public Path exportPem(String name) throws Exception {
        Path file = directory.resolve(name + ".pem");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                name,
                "-keystore",
                directory.resolve(name + ".p12").toString(),
                "-storepass",
                PASSWORD,
                "-file",
                file.toString());
        return file;
    }

    /** What a server shows that key with; wants a certificate of the client if {@code clients} is not null. */
    public static SSLContext server(Path keys, Path... clients) throws GeneralSecurityException, IOException {
        KeyManagerFactory identity = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        identity.init(KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (Path client : clients) {
            KeyStore store = KeyStore.getInstance(client.toFile(), PASSWORD.toCharArray());
            trusted.setCertificateEntry(
                    client.toString(), store.getCertificate(store.aliases().nextElement()));
        }
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(identity.getKeyManagers(), clients.length == 0 ? null : trust.getTrustManagers(), null);
        return context;
    }

    /** The private key of a file. */
    static PrivateKey key(Path keys) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
        return (PrivateKey) store.getKey(store.aliases().nextElement(), PASSWORD.toCharArray());
    }

    /** The private key of a file as PEM. */
    public static String privateKey(Path keys) throws GeneralSecurityException, IOException {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(key(keys).getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("keytool: " + said);
        }
    }
}
