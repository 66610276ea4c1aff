package ai.bctrl;

import ai.bctrl.error.BctrlConfigurationException;
import ai.bctrl.internal.http.RetryPolicy;
import ai.bctrl.internal.http.Sleeper;
import ai.bctrl.internal.http.Transport;
import ai.bctrl.network.Network;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The client of the BCTRL REST API.
 *
 * <p><b>Share it.</b> Immutable and thread-safe; one is enough for a process, because it holds the connections.
 *
 * <p><b>Make it</b> with {@link #fromEnv()} or {@link #builder()}:
 *
 * <pre>{@code
 * try (BctrlClient client = BctrlClient.builder().apiKey(key).baseUrl("http://localhost:8787").build()) {
 *     Space space = client.spaces().create(CreateSpaceRequest.named("checkout tests"));
 *     BrowserRuntime runtime = client.runtimes().create(space.id(), CreateRuntimeRequest.browser().build());
 * }
 * }</pre>
 *
 * <p><b>Tries.</b> Reads, deletions and requests with an idempotency key are tried again after 408, 429, 5xx and broken
 * connections; calls that create something get a key by themselves. One deadline bounds all tries together.
 *
 * <p><b>Close it</b> to let go of idle connections at once; otherwise they end after five minutes.
 */
public final class BctrlClient implements AutoCloseable {
    /** Address of the hosted service. */
    public static final String HOSTED_URL = "https://api.bctrl.ai";

    private final Transport transport;
    private final Spaces spaces;
    private final Runtimes runtimes;
    private final Connections connections;
    private final Runs runs;
    private final Artifacts artifacts;
    private final Files files;
    private final Auth auth;
    private final Owners owners;
    private final Network network;

    private BctrlClient(Transport transport, Network network) {
        this.transport = transport;
        this.network = network;
        this.spaces = new Spaces(transport);
        this.runtimes = new Runtimes(transport);
        this.connections = new Connections(transport);
        this.runs = new Runs(transport);
        this.artifacts = new Artifacts(transport);
        this.files = new Files(transport);
        this.auth = new Auth(transport);
        this.owners = new Owners(transport);
    }

    /**
     * Makes a client from {@code BCTRL_API_KEY} and {@code BCTRL_BASE_URL} (or {@code BCTRL_API_BASE_URL}; with or without
     * {@code /v1}; {@link #HOSTED_URL} if both are absent).
     *
     * @throws BctrlConfigurationException if the key is missing or a value does not fit
     */
    public static BctrlClient fromEnv() {
        return fromEnv(System::getenv);
    }

    static BctrlClient fromEnv(UnaryOperator<@Nullable String> environment) {
        String key = environment.apply("BCTRL_API_KEY");
        if (key == null || key.isBlank()) {
            throw new BctrlConfigurationException("the environment variable BCTRL_API_KEY is not set; "
                    + "set it to a key of the service, or pass one with BctrlClient.builder().apiKey(...)");
        }
        Builder builder = builder().apiKey(key);
        for (String name : new String[] {"BCTRL_BASE_URL", "BCTRL_API_BASE_URL"}) {
            String url = environment.apply(name);
            if (url != null && !url.isBlank()) {
                return builder.baseUrl(url).build();
            }
        }
        return builder.build();
    }

    /** {@return a builder with the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return spaces} */
    public Spaces spaces() {
        return spaces;
    }

    /** {@return runtimes} */
    public Runtimes runtimes() {
        return runtimes;
    }

    /** {@return connections} */
    public Connections connections() {
        return connections;
    }

    /** {@return runs} */
    public Runs runs() {
        return runs;
    }

    /** {@return artifacts} */
    public Artifacts artifacts() {
        return artifacts;
    }

    /** {@return stored files, and files of runtimes} */
    public Files files() {
        return files;
    }

    /** {@return who the key belongs to} */
    public Auth auth() {
        return auth;
    }

    /** {@return owners of runtimes, and their signs of life} */
    public Owners owners() {
        return owners;
    }

    /** {@return scheme, host and port of the service} */
    public String origin() {
        return transport.origin();
    }

    /** {@return how connections are made, those to browsers too} */
    public Network network() {
        return network;
    }

    /** Lets go of idle connections. Does nothing the second time. */
    @Override
    public void close() {
        transport.close();
    }

    /** Shows where the client talks to, never the key. */
    @Override
    public String toString() {
        return "BctrlClient[" + origin() + "]";
    }

    /** Collects the settings of a {@link BctrlClient}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String apiKey;
        private String baseUrl = HOSTED_URL;
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration requestTimeout = Duration.ofSeconds(60);
        private Network network = Network.system();
        private int maxRetries = RetryPolicy.DEFAULT.maxRetries();
        private Sleeper sleeper = Sleeper.real();
        private InstantSource clock = InstantSource.system();

        private Builder() {}

        /** Sets the API key. Required. */
        public Builder apiKey(String apiKey) {
            this.apiKey = apiKey;
            return this;
        }

        /** Sets the address of the service, with or without {@code /v1}; {@link #HOSTED_URL} by default. */
        public Builder baseUrl(String baseUrl) {
            this.baseUrl = Objects.requireNonNull(baseUrl, "baseUrl");
            return this;
        }

        /** Sets how long opening a connection may take; 10 s by default. */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = positive("connectTimeout", connectTimeout);
            return this;
        }

        /** Sets how long a call with all its tries may take; 60 s by default. */
        public Builder requestTimeout(Duration requestTimeout) {
            this.requestTimeout = positive("requestTimeout", requestTimeout);
            return this;
        }

        /** Sets the number of tries after the first, at least 0; 2 by default. */
        public Builder maxRetries(int maxRetries) {
            if (maxRetries < 0) {
                throw new BctrlConfigurationException("maxRetries is " + maxRetries + "; it must not be negative");
            }
            this.maxRetries = maxRetries;
            return this;
        }

        /**
         * Sets proxies and certificates, for the API and for the connections to its browsers; {@link Network#system()} by
         * default.
         */
        public Builder network(Network network) {
            this.network = Objects.requireNonNull(network, "network");
            return this;
        }

        Builder time(Sleeper sleeper, InstantSource clock) {
            this.sleeper = sleeper;
            this.clock = clock;
            return this;
        }

        /**
         * {@return the client}
         *
         * @throws BctrlConfigurationException if the key is missing or a value does not fit
         */
        public BctrlClient build() {
            return new BctrlClient(
                    new Transport(
                            baseUrl,
                            checkedKey(apiKey),
                            RetryPolicy.DEFAULT.withMaxRetries(maxRetries),
                            connectTimeout,
                            requestTimeout,
                            sleeper,
                            clock,
                            network),
                    network);
        }

        private static String checkedKey(@Nullable String key) {
            if (key == null || key.isBlank()) {
                throw new BctrlConfigurationException("apiKey is not set");
            }
            String stripped = key.strip();
            // Anything else could not be sent as a header, and the failure would then quote the key.
            if (stripped.length() > 200 || !stripped.chars().allMatch(c -> c > ' ' && c < 127)) {
                throw new BctrlConfigurationException(
                        "apiKey must have at most 200 printable ASCII characters and no spaces");
            }
            return stripped;
        }

        private static Duration positive(String name, Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new BctrlConfigurationException(name + " is " + value + "; it must be positive");
            }
            return value;
        }
    }
}
