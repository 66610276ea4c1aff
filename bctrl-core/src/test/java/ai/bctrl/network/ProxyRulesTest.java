package ai.bctrl.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.error.BctrlConfigurationException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyRulesTest {
    private static ProxyRules rules(@Nullable String chosen, boolean loopbackToo, Map<String, String> environment) {
        return new ProxyRules(
                chosen == null ? null : ProxyAddress.of(chosen),
                false,
                NoProxy.of(null),
                loopbackToo,
                name -> null,
                environment::get);
    }

    @ParameterizedTest
    @CsvSource({
        "proxy.test, http://proxy.test:80",
        "proxy.test:3128, http://proxy.test:3128",
        "http://me:se%40cret+@proxy.test:3128/, http://me@proxy.test:3128",
        "socks5://proxy.test, socks5://proxy.test:1080",
        "SOCKS5H://[::1]:9, socks5://::1:9"
    })
    void readsAddresses(String address, String shown) {
        assertThat(ProxyAddress.of(address)).hasToString(shown);
    }

    @Test
    void decodesCredentials() {
        assertThat(ProxyAddress.of("http://me:se%40cret+@proxy.test").password())
                .isEqualTo("se@cret+");
        assertThat(ProxyAddress.of("http://me@proxy.test").password()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "https://me:secret@proxy.test, begins with https://",
        "socks4://me:secret@proxy.test, begins with socks4://",
        "http://me:secret@:80, names no host",
        "http://me:secret@proxy.test:0, has the port 0",
        "http://me:secret @proxy.test, is not an address"
    })
    void refusesWhatIsNoAddressWithoutQuotingIt(String address, String problem) {
        assertThatThrownBy(() -> ProxyAddress.of(address))
                .isInstanceOf(BctrlConfigurationException.class)
                .hasMessageContaining("the proxy " + problem)
                .hasMessageContaining("it must look like http://host:3128")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("secret"));
    }

    @Test
    void loopbackNeedsNoProxyUnlessItIsAskedFor() {
        for (String host : new String[] {"localhost", "a.localhost", "127.0.0.1", "127.9.9.9", "::1", "[::1]"}) {
            assertThat(rules("proxy.test", false, Map.of()).proxyFor(host, true))
                    .isNull();
            assertThat(rules("proxy.test", true, Map.of()).proxyFor(host, true)).isNotNull();
        }
        assertThat(rules("proxy.test", false, Map.of()).proxyFor("128.0.0.1", true))
                .isNotNull();
    }

    @Test
    void theEnvironmentNamesAProxyForEachScheme() {
        ProxyRules rules = rules(
                null,
                false,
                Map.of(
                        "https_proxy", "http://secure.test:1",
                        "ALL_PROXY", "socks5://all.test:2",
                        "NO_PROXY", "inside.test, .corp.test,10.0.0.0/8,*.star.test,port.test:8080"));
        assertThat(rules.proxyFor("far.test", true)).hasToString("http://secure.test:1");
        assertThat(rules.proxyFor("far.test", false)).hasToString("socks5://all.test:2");
        for (String host :
                new String[] {"inside.test", "a.inside.test", "A.CORP.test", "10.200.3.4", "x.star.test", "port.test"
                }) {
            assertThat(rules.proxyFor(host, true)).as(host).isNull();
        }
        for (String host : new String[] {"notinside.test", "11.0.0.1", "inside.test.far", "10.evil.test"}) {
            assertThat(rules.proxyFor(host, true)).as(host).isNotNull();
        }
    }

    @Test
    void aChoiceBeatsTheEnvironment() {
        Map<String, String> environment = Map.of("HTTPS_PROXY", "http://secure.test:1", "NO_PROXY", "*");
        assertThat(rules("chosen.test:3", false, environment).proxyFor("far.test", true))
                .hasToString("http://chosen.test:3");
        assertThat(rules(null, false, environment).proxyFor("far.test", true)).isNull();
    }

    @Test
    void namesTheVariableThatIsNoAddress() {
        assertThatThrownBy(() -> rules(null, false, Map.of("HTTPS_PROXY", "https://me:secret@proxy.test"))
                        .proxyFor("far.test", true))
                .isInstanceOf(BctrlConfigurationException.class)
                .hasMessageContaining("the environment variable HTTPS_PROXY: the proxy begins with https://")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("secret"));
    }

    @Test
    void honoursTheProxiesOfTheJvm() {
        // The names are of this test alone, so that others do not notice.
        assertThat(Network.builder().proxy("none").build().proxyFor("far.test", true))
                .isNull();
        assertThat(Network.builder().proxy("p.test").noProxy("a.test").build().proxyFor("a.test", true))
                .isNull();
        assertThat(Network.builder().proxy("http://me:secret@p.test").build().toString())
                .contains("me@p.test")
                .doesNotContain("secret");
    }
}
