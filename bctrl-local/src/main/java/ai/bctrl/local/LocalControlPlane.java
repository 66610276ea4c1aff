package ai.bctrl.local;

import ai.bctrl.error.BctrlConfigurationException;
import ai.bctrl.runtime.EmbeddedControlPlane;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A {@link LocalBctrl} as others find it, through {@link java.util.ServiceLoader}. Thread-safe.
 *
 * <p>Settings: {@code chromium}, the browser's binary; {@code data}, a directory for records and profiles; {@code
 * extensions}, a directory of unpacked extensions; {@code max-runtimes}, how many browsers there may be at a time; {@code
 * no-sandbox} and {@code observe}, {@code true} or {@code false}.
 */
public final class LocalControlPlane implements EmbeddedControlPlane {

    private static final int KEPT_RUNS = 200;

    /** Called by {@link java.util.ServiceLoader}. */
    public LocalControlPlane() {}

    /**
     * {@inheritDoc}
     *
     * @throws BctrlConfigurationException if a setting is unknown or does not fit
     * @throws LocalBctrlException if it cannot start
     */
    @Override
    public Running start(Map<String, String> settings) {
        // What nobody can ask for after the JVM's end must not fill its memory until then.
        LocalOptions.Builder options = LocalOptions.builder().keepRuns(KEPT_RUNS);
        for (Map.Entry<String, String> setting : new TreeMap<>(settings).entrySet()) {
            String value = setting.getValue();
            switch (setting.getKey()) {
                case "chromium" -> options.chromium(Path.of(value));
                case "data" -> options.dataDirectory(Path.of(value)).keepRuns(null);
                case "extensions" -> options.extensionsDirectory(Path.of(value));
                case "max-runtimes" -> options.maxRuntimes(number(setting.getKey(), value));
                case "observe" -> options.observe(flag(setting.getKey(), value));
                case "no-sandbox" -> options.noSandbox(flag(setting.getKey(), value));
                default ->
                    throw new BctrlConfigurationException("the embedded control plane has no setting '"
                            + setting.getKey() + "'; known are chromium, data, extensions,"
                            + " max-runtimes, no-sandbox, observe");
            }
        }
        silenceLoggingWithoutProvider();
        return new RunningLocally(LocalBctrl.start(options.build()));
    }

    /** Our server and database log through SLF4J; a test JVM without a provider of it would begin with three warnings. */
    private static void silenceLoggingWithoutProvider() {
        if (System.getProperty("slf4j.internal.verbosity") == null) {
            System.setProperty("slf4j.internal.verbosity", "ERROR");
        }
    }

    private static boolean flag(String name, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BctrlConfigurationException(name + " must be true or false but is '" + value + "'");
        };
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException notANumber) {
            throw new BctrlConfigurationException(name + " must be a whole number but is '" + value + "'", notANumber);
        }
    }

    private record RunningLocally(LocalBctrl local) implements Running {
        @Override
        public String baseUrl() {
            return local.baseUrl();
        }

        @Override
        public String apiKey() {
            return local.apiKey();
        }

        @Override
        public void close() {
            local.close();
        }
    }
}
