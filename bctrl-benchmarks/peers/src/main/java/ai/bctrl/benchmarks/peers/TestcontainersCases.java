package ai.bctrl.benchmarks.peers;

import java.net.URI;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.testcontainers.Testcontainers;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** The tests with a browser in a container, which is started once; a session for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TestcontainersCases {
    private static final int HUB = 4444;

    private final URI pages = URI.create(SeleniumBody.url());
    private final GenericContainer<?> container = new GenericContainer<>("selenium/standalone-chromium")
            .withExposedPorts(HUB)
            .withAccessToHost(true)
            .withSharedMemorySize(1L << 30)
            .waitingFor(Wait.forHttp("/status").forPort(HUB));

    static IntStream numbers() {
        return SeleniumBody.numbers();
    }

    @BeforeAll
    void start() {
        Testcontainers.exposeHostPorts(pages.getPort());
        container.start();
    }

    @AfterAll
    void stop() {
        container.stop();
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void usesAPage(int number, TestReporter reporter) throws Exception {
        ChromeOptions options = new ChromeOptions();
        options.addArguments("--headless=new", "--no-sandbox");
        WebDriver driver = new RemoteWebDriver(
                URI.create("http://" + container.getHost() + ":" + container.getMappedPort(HUB)).toURL(), options);
        try {
            SeleniumBody.run(driver, reporter, "http://host.testcontainers.internal:" + pages.getPort() + "/");
        } finally {
            driver.quit();
        }
    }
}
