package ai.bctrl.checks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** One of the OpenAPI files in {@code contract/}. Thread-safe. */
final class Contract {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> VERBS = List.of("get", "put", "post", "patch", "delete");

    private final JsonNode document;
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

    private Contract(JsonNode document) {
        this.document = document;
    }

    static Contract spaces() {
        return read("spaces.openapi.yaml");
    }

    static Contract flat() {
        return read("flat.openapi.yaml");
    }

    private static Contract read(String file) {
        try {
            return new Contract(YAML.readTree(
                    Project.root().resolve("contract").resolve(file).toFile()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Verb and path of every operation that has one of these tags. */
    Set<String> routes(List<String> tags) {
        TreeSet<String> routes = new TreeSet<>();
        for (Iterator<Map.Entry<String, JsonNode>> paths =
                        document.path("paths").fields();
                paths.hasNext(); ) {
            Map.Entry<String, JsonNode> path = paths.next();
            for (String verb : VERBS) {
                for (JsonNode tag : path.getValue().path(verb).path("tags")) {
                    if (tags.contains(tag.asText())) {
                        routes.add(verb.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
                    }
                }
            }
        }
        return routes;
    }

    /** The schema of a component. */
    JsonNode schema(String name) {
        JsonNode schema = document.path("components").path("schemas").path(name);
        if (schema.isMissingNode()) {
            throw new AssertionError("the contract has no schema " + name);
        }
        return schema;
    }

    /** Follows a reference within the document. */
    JsonNode resolve(JsonNode schema) {
        JsonNode reference = schema.path("$ref");
        return reference.isMissingNode()
                ? schema
                : document.at(reference.asText().substring(1));
    }

    /** What is wrong with a value of a component; empty if nothing is. */
    List<String> problems(String schema, String json) {
        return problems("#/components/schemas/" + schema, schema, json);
    }

    /** What is wrong with an answer to an operation; empty if nothing is. */
    List<String> problemsOfAnswer(String route, int status, String json) {
        String[] parts = route.split(" ", 2);
        JsonNode response = resolve(document.path("paths")
                .path(parts[1])
                .path(parts[0].toLowerCase(java.util.Locale.ROOT))
                .path("responses")
                .path(Integer.toString(status)));
        if (response.isMissingNode()) {
            // The contract lists 401, 429 and so on where they were seen; every error has the same shape.
            return status >= 400 ? problems("Error", json) : List.of(route + " has no answer " + status);
        }
        JsonNode content = response.path("content").path("application/json").path("schema");
        if (content.isMissingNode()) {
            return List.of();
        }
        return problems(content.path("$ref").asText(), route + status, json);
    }

    private List<String> problems(String reference, String key, String json) {
        JsonSchema schema = schemas.computeIfAbsent(key, ignored -> {
            ObjectNode whole = JSON.createObjectNode();
            whole.put("$ref", reference);
            whole.set("components", document.path("components"));
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(
                            whole,
                            SchemaValidatorsConfig.builder()
                                    .formatAssertionsEnabled(true)
                                    .build());
        });
        try {
            List<String> problems = new ArrayList<>();
            for (ValidationMessage message : schema.validate(JSON.readTree(json))) {
                problems.add(message.getMessage());
            }
            return problems;
        } catch (IOException notJson) {
            return List.of("not JSON: " + notJson.getMessage());
        }
    }

    /** Paths of the project. */
    static final class Project {
        private Project() {}

        static Path root() {
            Path here = Path.of("").toAbsolutePath();
            return Optional.of(here)
                    .filter(path -> path.resolve("contract").toFile().isDirectory())
                    .orElseGet(here::getParent);
        }
    }
}
