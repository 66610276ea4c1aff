package ai.bctrl.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.error.BctrlConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
    /** Of nothing but this test; {@code openssl pkcs8 -topk8 -v2 aes-256-cbc -passout pass:pw}. */
    private static final String ENCRYPTED = """
            -----BEGIN ENCRYPTED PRIVATE KEY-----
            MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAi4P+OtbHl1VgICCAAw
            DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEJfeBbesz2bX9TP/3s5b7MwEgZBt
            SF8xtUz/Do1Fap5iKxdOddUB4xE7hEV8VoiGjJTpVmiHUl0QRjK4UJKYzyxFUi/C
            Rv39GdOS0Bmf0dnOmXDbT6fZ4XFhKtUXi6phG9zNwgHvgkLozKF5Hor1UnALPR2D
            Qanif5ucaQ8APUB6QqEGefkcKVjeg28Sr2LfNdTFEYIALLAcY3M4MobZn/oeFwo=
            -----END ENCRYPTED PRIVATE KEY-----
            """;

    @TempDir
    private static Path directory;

    private static Path keys;
    private static Path certificate;

    @BeforeAll
    static void certify() throws Exception {
        TestCertificates certificates = new TestCertificates(directory);
        keys = certificates.create("one", "one.test", "-1d", 30);
        certificate = certificates.exportPem("one");
    }

    private static Certificates store(Path file, String password) {
        return new Certificates("key store", file, password);
    }

    @Test
    void readsAnEncryptedKey() throws Exception {
        Path file = directory.resolve("encrypted.pem");
        Files.writeString(file, Files.readString(certificate) + ENCRYPTED);

        KeyStore read = store(file, "pw").identity();
        assertThat(read.getKey("identity", "pw".toCharArray()).getAlgorithm()).isEqualTo("EC");
        assertThatThrownBy(() -> new Certificates("key store", file, null).identity())
                .isInstanceOf(BctrlConfigurationException.class)
                .hasMessage("the key store " + file + " holds an encrypted key, and there is no password");
        assertThatThrownBy(() -> store(file, "wrong").identity()).isInstanceOf(BctrlConfigurationException.class);
    }

    @Test
    void saysWhatIsWrongWithAFile() throws Exception {
        Path nonsense = Files.writeString(directory.resolve("nonsense"), "nonsense");
        Path old = Files.writeString(
                directory.resolve("old.pem"),
                Files.readString(certificate)
                        + "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        assertThatThrownBy(() -> store(directory.resolve("missing"), "x").trusted())
                .isInstanceOf(BctrlConfigurationException.class)
                .hasMessageEndingWith("missing does not exist or cannot be read");
        assertThatThrownBy(() -> store(nonsense, "x").trusted())
                .isInstanceOf(BctrlConfigurationException.class)
                .hasMessageContaining("the key store " + nonsense);
        assertThatThrownBy(() -> store(keys, "wrong").trusted())
                .isInstanceOf(BctrlConfigurationException.class)
                .hasMessageContaining("cannot be opened")
                .hasMessageNotContaining("wrong\n");
        assertThatThrownBy(() -> store(certificate, "x").identity())
                .isInstanceOf(BctrlConfigurationException.class)
                .hasMessageEndingWith("holds no private key");
        assertThatThrownBy(() -> store(old, "x").identity())
                .isInstanceOf(BctrlConfigurationException.class)
                .hasMessageContaining("openssl pkcs8 -topk8");
    }

    @Test
    void trustsTheCertificatesOfKeyStoresToo() throws Exception {
        assertThat(store(keys, TestCertificates.PASSWORD).trusted().size()).isOne();
        assertThat(new Certificates("trust store", certificate, null).trusted().size())
                .isOne();
    }
}
