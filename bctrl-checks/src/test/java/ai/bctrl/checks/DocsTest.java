package ai.bctrl.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents say what the code says. */
class DocsTest {
    private static final Path ROOT = Contract.Project.root();
    private static final Pattern BLOCK =
            Pattern.compile("(<!-- from (\\S+)#(\\S+) -->\\n)?```(java|kotlin)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)(#[^)]*)?\\)");
    private static final Pattern SETTING =
            Pattern.compile("(?:^\\| |, )`(bctrl\\.[A-Za-z.]+)`(?= \\||, `bctrl)", Pattern.MULTILINE);
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

    static Stream<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            Stream.concat(top, docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .forEach(documents::add);
        }
        return documents.stream();
    }

    @Test
    void thereAreTheDocumentsThatANewcomerLooksFor() throws IOException {
        assertThat(documents().map(path -> ROOT.relativize(path).toString().replace('\\', '/')))
                .contains("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "docs/design.md");
        assertThat(ROOT.resolve("LICENSE")).isRegularFile();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyJavaBlockIsARegionOfCodeThatRuns(Path document) throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(document));
        while (block.find()) {
            if (document.endsWith("design.md")) {
                continue; // the plan sketches
            }
            assertThat(block.group(2))
                    .as("the line before this block names its source: %s", block.group(5))
                    .isNotNull();
            assertThat(block.group(5)).isEqualTo(region(ROOT.resolve(block.group(2)), block.group(3)));
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkWithinTheProjectLeadsSomewhere(Path document) throws IOException {
        Matcher link = LINK.matcher(Files.readString(document));
        while (link.find()) {
            assertThat(document.resolveSibling(link.group(1))).exists();
        }
    }

    @Test
    void theReadmeShowsTheVersionOfTheBuild() throws IOException {
        Matcher version = VERSION.matcher(Files.readString(ROOT.resolve("pom.xml")));
        assertThat(version.find()).isTrue();
        String readme = Files.readString(ROOT.resolve("README.md"));

        assertThat(readme)
                .contains("<version>" + version.group(1) + "</version>")
                .contains("ai.bctrl:bctrl-junit:" + version.group(1));
    }

    @Test
    void everySettingInTheReadmeExistsAndEveryOneThatExistsIsThere() throws IOException {
        String settings = Files.readString(ROOT.resolve("bctrl-junit/src/main/java/ai/bctrl/junit/BctrlSettings.java"));
        List<String> documented = SETTING.matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        List<String> existing = Pattern.compile("\"(bctrl\\.[A-Za-z]+)\"")
                .matcher(settings)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();

        assertThat(existing).hasSizeGreaterThan(8);
        assertThat(documented.stream().filter(name -> !name.startsWith("bctrl.local.")))
                .containsExactlyInAnyOrderElementsOf(existing);
    }

    private static String region(Path file, String name) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        boolean found = false;
        for (String line : Files.readAllLines(file)) {
            if (line.strip().equals("// end::" + name + "[]")) {
                inside = false;
            } else if (line.strip().equals("// tag::" + name + "[]")) {
                inside = true;
                found = true;
            } else if (inside
                    && !line.strip().startsWith("// tag::")
                    && !line.strip().startsWith("// end::")) {
                lines.add(line);
            }
        }
        assertThat(found).as("region %s in %s", name, file).isTrue();
        return String.join("\n", lines).stripIndent().strip() + "\n";
    }
}
