package ai.bctrl.local.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An operation of the contract. Immutable.
 *
 * @param method the verb
 * @param path the template
 * @param served whether the local control plane knows it
 * @param parameters of query and headers
 * @param mediaType of the body; null where there is none
 * @param body the schema of the body
 */
public record Operation(
        String method,
        String path,
        boolean served,
        List<Parameter> parameters,
        @Nullable String mediaType,
        JsonNode body) {

    private static final Set<String> VERBS = Set.of("get", "put", "post", "patch", "delete");
    private static final Set<String> SERVED = Set.of(
            "operations",
            "spaces",
            "runtimes",
            "connections",
            "runs",
            "owners",
            "artifacts",
            "runtime-files",
            "space-storage");

    /** A parameter of the query, or a header. */
    public record Parameter(String name, boolean header, JsonNode schema) {}

    /** The contract. Immutable. */
    public record Contract(JsonNode document, List<Operation> operations, String words) {

        /** Reads the contract of this checkout. */
        public static Contract read() {
            Path directory = Path.of("..", "contract");
            try {
                String text = Files.readString(directory.resolve("spaces.openapi.yaml"));
                JsonNode document = new ObjectMapper(new YAMLFactory()).readTree(text);
                String notes = Files.readString(directory.resolve("spaces-notes.md"));
                return new Contract(document, operations(document), text + notes);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }

        /** Follows a reference. */
        JsonNode resolve(JsonNode node) {
            return resolve(document, node);
        }

        private static JsonNode resolve(JsonNode document, JsonNode node) {
            JsonNode reference = node.path("$ref");
            return reference.isMissingNode()
                    ? node
                    : resolve(document, document.at(reference.asText().substring(1)));
        }

        private static List<Operation> operations(JsonNode document) {
            List<Operation> operations = new ArrayList<>();
            for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
                for (Map.Entry<String, JsonNode> verb : path.getValue().properties()) {
                    if (VERBS.contains(verb.getKey())) {
                        operations.add(operation(document, path.getKey(), verb.getKey(), verb.getValue()));
                    }
                }
            }
            return List.copyOf(operations);
        }

        private static Operation operation(JsonNode document, String path, String verb, JsonNode described) {
            List<Parameter> parameters = new ArrayList<>();
            for (JsonNode reference : described.path("parameters")) {
                JsonNode parameter = resolve(document, reference);
                String in = parameter.path("in").asText();
                if (!in.equals("path")) {
                    parameters.add(new Parameter(
                            parameter.path("name").asText(), in.equals("header"), parameter.path("schema")));
                }
            }
            JsonNode content = resolve(document, described.path("requestBody")).path("content");
            String mediaType = content.isEmpty() ? null : content.fieldNames().next();
            return new Operation(
                    verb.toUpperCase(Locale.ROOT),
                    path,
                    SERVED.contains(described.path("tags").path(0).asText()),
                    List.copyOf(parameters),
                    mediaType,
                    mediaType == null
                            ? content
                            : resolve(document, content.path(mediaType).path("schema")));
        }
    }
}
