package ai.bctrl.failures;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What tools that listen to JUnit show of a failed test, with nothing configured but the tool itself. */
class ReportersBrowserIT {
    private static final SurefireRun RUN = new SurefireRun("5.14.4", 0, 1, true, 4);

    @Test
    void allureGetsEachFileWithItsMediaTypeAndTheTraceAsOneForItsViewer() throws Exception {
        SurefireResult result = RUN.run("AssertionTest", "-Pallure");
        assertThat(result.exitCode()).as(result.log()).isZero();
        List<JsonObject> failed = new ArrayList<>();
        for (JsonObject test : allureResults(result.project().resolve("allure-results"))) {
            if (!test.get("status").getAsString().equals("passed")) {
                failed.add(test);
            }
        }
        assertThat(failed).hasSize(3).allSatisfy(test -> {
            Map<String, String> types = new TreeMap<>();
            for (JsonElement element : test.getAsJsonArray("attachments")) {
                JsonObject attachment = element.getAsJsonObject();
                types.put(name(attachment), attachment.get("type").getAsString());
                assertThat(result.project()
                                .resolve("allure-results")
                                .resolve(attachment.get("source").getAsString()))
                        .isNotEmptyFile();
            }
            assertThat(types)
                    .containsEntry("trace.zip", "application/vnd.allure.playwright-trace")
                    .containsEntry("failure.json", "application/json")
                    .containsEntry("index.html", "text/html");
            assertThat(types).containsValue("image/png");
            assertThat(types).hasSameSizeAs(test.getAsJsonArray("attachments"));
        });
    }

    private static String name(JsonObject attachment) {
        return attachment.get("name").getAsString();
    }

    private static List<JsonObject> allureResults(Path directory) throws IOException {
        List<JsonObject> results = new ArrayList<>();
        try (Stream<Path> list = Files.list(directory)) {
            for (Path file : list.filter(path -> path.toString().endsWith("-result.json"))
                    .toList()) {
                results.add(JsonParser.parseString(Files.readString(file, StandardCharsets.UTF_8))
                        .getAsJsonObject());
            }
        }
        return results;
    }

    @Test
    void openTestReportingListsEachFileWithItsMediaType() throws Exception {
        SurefireResult result = RUN.run("AssertionTest", "-Popen-test-reporting");
        assertThat(result.exitCode()).as(result.log()).isZero();
        Path report;
        try (Stream<Path> walk = Files.walk(result.project().resolve("target"))) {
            report = walk.filter(path -> path.endsWith("open-test-report.xml"))
                    .findFirst()
                    .orElseThrow();
        }
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        NodeList files = factory.newDocumentBuilder().parse(report.toFile()).getElementsByTagNameNS("*", "file");
        Map<String, List<String>> typesByName = new TreeMap<>();
        for (int i = 0; i < files.getLength(); i++) {
            Element file = (Element) files.item(i);
            Path path = report.resolveSibling(file.getAttribute("path")).normalize();
            assertThat(path).isNotEmptyFile();
            typesByName
                    .computeIfAbsent(path.getFileName().toString(), unused -> new ArrayList<>())
                    .add(file.getAttribute("mediaType"));
        }
        assertThat(typesByName)
                .containsEntry("trace.zip", List.of("application/zip", "application/zip", "application/zip"))
                .containsEntry("failure.json", List.of("application/json", "application/json", "application/json"))
                .containsEntry("index.html", List.of("text/html", "text/html", "text/html"));
        assertThat(typesByName.get("page-1.png")).containsOnly("image/png").hasSize(3);
    }
}
