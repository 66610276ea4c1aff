package ai.bctrl.failures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What a build left.
 *
 * @param project its directory
 * @param exitCode how Maven ended
 * @param log what it printed
 */
record SurefireResult(Path project, int exitCode, String log) {
    private static final Set<String> FAILED =
            Set.of("failure", "error", "rerunFailure", "rerunError", "flakyFailure", "flakyError");
    private static final Pattern BUNDLE = Pattern.compile("bctrl/([^\\s]*?/attempt-\\d+)");

    /**
     * A failed attempt as Surefire reports it.
     *
     * @param className class of the test
     * @param name name of the test
     * @param how the element in the report
     * @param text the stack trace
     */
    record Failure(String className, String name, String how, String text) {
        /** {@return the bundles that the failure names, as paths below the directory of all runs} */
        Set<String> bundles() {
            Set<String> found = new java.util.TreeSet<>();
            Matcher matcher = BUNDLE.matcher(text.replace("%5B", "[").replace("%5D", "]"));
            while (matcher.find()) {
                found.add(matcher.group(1));
            }
            return found;
        }

        @Override
        public String toString() {
            return how + " of " + className + "." + name + "\n" + text;
        }
    }

    Path evidence() {
        return project.resolve("target").resolve("bctrl");
    }

    /** {@return the directories of runs} */
    List<Path> runs() throws IOException {
        try (Stream<Path> list = Files.list(evidence())) {
            return list.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** {@return those of the bundles on disk that have such a manifest} */
    List<String> bundles(String manifest) throws IOException {
        return bundles().stream()
                .filter(bundle -> Files.exists(evidence().resolve(bundle).resolve(manifest)))
                .toList();
    }

    /** {@return the bundles on disk, as paths below the directory of all runs} */
    List<String> bundles() throws IOException {
        try (Stream<Path> walk = Files.walk(evidence())) {
            return walk.filter(path -> path.getFileName().toString().matches("attempt-\\d+"))
                    .map(path -> evidence().relativize(path).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    /** {@return all failed attempts, those that a later attempt made good included} */
    List<Failure> failures() throws IOException {
        List<Failure> all = new ArrayList<>();
        try (Stream<Path> list = Files.list(project.resolve("target").resolve("surefire-reports"))) {
            for (Path report : list.filter(path -> path.toString().endsWith(".xml"))
                    .sorted()
                    .toList()) {
                addFailures(report, all);
            }
        }
        return all;
    }

    private static void addFailures(Path report, List<Failure> all) throws IOException {
        for (Element test : tests(report)) {
            NodeList children = test.getChildNodes();
            for (int i = 0; i < children.getLength(); i++) {
                Node child = children.item(i);
                if (FAILED.contains(child.getNodeName())) {
                    all.add(new Failure(
                            test.getAttribute("classname"),
                            test.getAttribute("name"),
                            child.getNodeName(),
                            stackTrace((Element) child)));
                }
            }
        }
    }

    /** What a test printed stands beside it, and Surefire mixes up what parallel tests print. */
    private static String stackTrace(Element failure) {
        Node own = failure.getElementsByTagName("stackTrace").item(0);
        return own == null ? failure.getTextContent() : own.getTextContent();
    }

    /** {@return how many tests were run, however often} */
    int testCount() throws IOException {
        int count = 0;
        try (Stream<Path> list = Files.list(project.resolve("target").resolve("surefire-reports"))) {
            for (Path report :
                    list.filter(path -> path.toString().endsWith(".xml")).toList()) {
                count += tests(report).size();
            }
        }
        return count;
    }

    private static List<Element> tests(Path report) throws IOException {
        try {
            NodeList list = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getElementsByTagName("testcase");
            List<Element> tests = new ArrayList<>();
            for (int i = 0; i < list.getLength(); i++) {
                tests.add((Element) list.item(i));
            }
            return tests;
        } catch (ParserConfigurationException | SAXException malformed) {
            throw new IOException("not a report: " + report, malformed);
        }
    }
}
