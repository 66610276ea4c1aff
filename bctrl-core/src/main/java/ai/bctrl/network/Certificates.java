package ai.bctrl.network;

import ai.bctrl.error.BctrlConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** Reads certificates and keys from PEM, PKCS12 and JKS files. Stateless. */
final class Certificates {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "Ed25519");

    private final String what;
    private final Path file;
    private final char @Nullable [] password;

    Certificates(String what, Path file, @Nullable String password) {
        this.what = what;
        this.file = file;
        this.password = password == null ? null : password.toCharArray();
    }

    /**
     * The certificates to trust.
     *
     * @throws BctrlConfigurationException if the file holds none that can be read
     */
    KeyStore trusted() {
        return read(text -> {
            KeyStore store = empty();
            int number = 0;
            for (Certificate certificate : certificates(text)) {
                store.setCertificateEntry("trusted-" + number++, certificate);
            }
            return store;
        });
    }

    /**
     * A key with its certificates.
     *
     * @throws BctrlConfigurationException if the file holds none that can be read
     */
    KeyStore identity() {
        KeyStore store = read(text -> {
            KeyStore made = empty();
            Certificate[] chain = certificates(text).toArray(new Certificate[0]);
            if (chain.length > 0) {
                made.setKeyEntry("identity", key(text), keyPassword(), chain);
            }
            return made;
        });
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    return store;
                }
            }
        } catch (GeneralSecurityException unreadable) {
            throw wrong("cannot be read: " + unreadable.getMessage());
        }
        throw wrong("holds no private key");
    }

    char[] keyPassword() {
        return password == null ? new char[0] : password.clone();
    }

    private KeyStore read(PemReader pem) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            KeyStore store =
                    text.contains("-----BEGIN ") ? pem.read(text) : KeyStore.getInstance(file.toFile(), password);
            if (store.size() == 0) {
                throw wrong("holds no certificate that can be read" + (password == null ? " without a password" : ""));
            }
            return store;
        } catch (IOException unreadable) {
            throw wrong(
                    !Files.isReadable(file)
                            ? "does not exist or cannot be read"
                            : "cannot be opened: " + unreadable.getMessage()
                                    + (password == null ? " (it was opened without a password)" : ""));
        } catch (GeneralSecurityException unfit) {
            throw wrong("is neither PEM, PKCS12 nor JKS, or is damaged: " + unfit.getMessage());
        }
    }

    @FunctionalInterface
    private interface PemReader {
        KeyStore read(String text) throws IOException, GeneralSecurityException;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(String text) throws GeneralSecurityException {
        StringBuilder only = new StringBuilder();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group(1).endsWith("CERTIFICATE")) {
                only.append(block.group()).append('\n');
            }
        }
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(only.toString().getBytes(StandardCharsets.US_ASCII)));
    }

    private PrivateKey key(String text) throws IOException, GeneralSecurityException {
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            byte[] bytes = Base64.getMimeDecoder().decode(block.group(2));
            switch (block.group(1)) {
                case "PRIVATE KEY" -> {
                    return key(new PKCS8EncodedKeySpec(bytes));
                }
                case "ENCRYPTED PRIVATE KEY" -> {
                    return key(decrypted(bytes));
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY" ->
                    throw wrong(
                            "holds a key in an old form; convert it with: openssl pkcs8 -topk8 -nocrypt -in KEY -out NEW");
                default -> {
                    // A certificate, or parameters.
                }
            }
        }
        throw wrong("holds no private key");
    }

    private PKCS8EncodedKeySpec decrypted(byte[] bytes) throws IOException, GeneralSecurityException {
        if (password == null) {
            throw wrong("holds an encrypted key, and there is no password");
        }
        EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(bytes);
        // The name of PBES2 alone does not say how it encrypts; its parameters do.
        boolean general =
                encrypted.getAlgName().equals("PBES2") || encrypted.getAlgName().equals("1.2.840.113549.1.5.13");
        String algorithm = general ? String.valueOf(encrypted.getAlgParameters()) : encrypted.getAlgName();
        Key key = SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password));
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(Cipher.DECRYPT_MODE, key, encrypted.getAlgParameters());
        return encrypted.getKeySpec(cipher);
    }

    private PrivateKey key(PKCS8EncodedKeySpec spec) {
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (GeneralSecurityException other) {
                // The next one may fit.
            }
        }
        throw wrong("holds a private key that is neither RSA, EC nor Ed25519");
    }

    private BctrlConfigurationException wrong(String problem) {
        return new BctrlConfigurationException("the " + what + " " + file + " " + problem);
    }
}
