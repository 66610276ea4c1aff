package ai.bctrl.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;

/** The client as a named module, with the jars of this class path as its module path. */
class ModulePathTest {
    private static final List<String> NEEDED = List.of(
            "bctrl-core", "gson", "okhttp-jvm", "okio-jvm", "kotlin-stdlib", "jspecify", "error_prone_annotations");

    @Test
    void theClientWorksAsAModule() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.start();
            server.enqueue(new MockResponse.Builder()
                    .body("{\"spaces\":[{\"id\":\"s1\",\"name\":\"n\",\"mounts\":{},"
                            + "\"createdAt\":\"t\",\"updatedAt\":\"t\"}]}")
                    .build());
            Class<?> type = layer().findLoader("ai.bctrl.core").loadClass("ai.bctrl.BctrlClient");
            Object builder = type.getMethod("builder").invoke(null);
            builder.getClass().getMethod("apiKey", String.class).invoke(builder, "k");
            builder.getClass()
                    .getMethod("baseUrl", String.class)
                    .invoke(builder, server.url("/").toString());
            try (AutoCloseable client =
                    (AutoCloseable) builder.getClass().getMethod("build").invoke(builder)) {
                Object spaces = type.getMethod("spaces").invoke(client);

                assertThat(type.getModule().getName()).isEqualTo("ai.bctrl.core");
                assertThat((List<?>) spaces.getClass().getMethod("list").invoke(spaces))
                        .hasSize(1);
            }
        }
    }

    @Test
    void onlyThePublicPackagesAreExported() {
        ModuleReference core =
                ModuleFinder.of(modulePath()).find("ai.bctrl.core").orElseThrow();

        assertThat(core.descriptor().exports())
                .filteredOn(export -> !export.isQualified())
                .extracting(export -> export.source())
                .containsExactlyInAnyOrder(
                        "ai.bctrl", "ai.bctrl.error", "ai.bctrl.model", "ai.bctrl.network", "ai.bctrl.runtime");
    }

    private static ModuleLayer layer() {
        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration = boot.configuration()
                .resolveAndBind(ModuleFinder.of(modulePath()), ModuleFinder.of(), Set.of("ai.bctrl.core"));
        return boot.defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());
    }

    private static Path[] modulePath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("tests") && !entry.contains("test-classes"))
                .filter(entry -> NEEDED.stream()
                        .anyMatch(name -> entry.contains(File.separator + name + "-")
                                || entry.contains(name + File.separator + "target" + File.separator + "classes")))
                .map(Path::of)
                .toArray(Path[]::new);
    }
}
