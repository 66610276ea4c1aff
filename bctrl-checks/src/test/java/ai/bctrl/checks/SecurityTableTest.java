package ai.bctrl.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each line of the threat model in SECURITY.md is shown by tests that exist. */
class SecurityTableTest {
    private static final Path ROOT = Contract.Project.root();
    private static final Pattern NAMED = Pattern.compile("`([A-Za-z]+(?:Test|IT))\\.([A-Za-z]+)`");
    private static final String HOLDERS = "ApiKeys|BackupSite|ConnectionSignatures|ConsoleSessions\\$Session";

    private record Line(String threat, String measure, String tests) {}

    private static List<Line> table() throws IOException {
        List<Line> lines = new ArrayList<>();
        for (String line : Files.readAllLines(ROOT.resolve("SECURITY.md"))) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 5
                    && !cells[1].startsWith("---")
                    && !cells[1].strip().equals("threat")) {
                lines.add(new Line(cells[1].strip(), cells[2].strip(), cells[3].strip()));
            }
        }
        return lines;
    }

    @Test
    void everyThreatHasAMeasureAndATestThatExists() throws IOException {
        List<Line> table = table();
        assertThat(table).hasSizeGreaterThan(20);
        for (Line line : table) {
            assertThat(line.measure()).as(line.threat()).isNotBlank();
            assertThat(NAMED.matcher(line.tests()).results()).as(line.threat()).isNotEmpty();
            // Nothing is named in a way that is not looked for.
            assertThat(NAMED.matcher(line.tests())
                            .replaceAll("")
                            .replace(",", "")
                            .strip())
                    .as(line.threat())
                    .isEmpty();
            NAMED.matcher(line.tests()).results().forEach(test -> assertTest(test.group(1), test.group(2)));
        }
    }

    private static void assertTest(String type, String method) {
        Pattern declared =
                Pattern.compile("@(Test|ParameterizedTest|RepeatedTest|TestFactory)\\b[^;{}]*(?:\\{[^;{}]*}[^;{}]*)?"
                        + "\\bvoid " + method + "\\(");
        List<Path> sources = sources(type + ".java");
        assertThat(sources).as("the test class %s", type).isNotEmpty();
        assertThat(sources)
                .as("the test %s.%s", type, method)
                .anySatisfy(source -> assertThat(Files.readString(source)).containsPattern(declared));
    }

    private static List<Path> sources(String name) {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path tests : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    files.filter(file -> file.endsWith(name)).forEach(found::add);
                }
            }
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
        return found;
    }

    @Test
    void secretsAreComparedInConstantTime() {
        JavaClasses local = new ClassFileImporter().importPackages("ai.bctrl.local.internal");
        classes()
                .that()
                .haveNameMatching(".*\\.(" + HOLDERS + ")")
                .should()
                .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class)
                .check(local);
        noClasses()
                .that()
                .haveNameMatching(".*\\.(" + HOLDERS + ")")
                .should()
                .callMethod(String.class, "equals", Object.class)
                .check(local);
    }
}
