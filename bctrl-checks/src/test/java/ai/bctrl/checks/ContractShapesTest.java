package ai.bctrl.checks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.internal.json.Json;
import ai.bctrl.model.ActivityList;
import ai.bctrl.model.AddRunEventsRequest;
import ai.bctrl.model.AgentContext;
import ai.bctrl.model.BrowserRuntime;
import ai.bctrl.model.CollectFileRequest;
import ai.bctrl.model.CollectedFile;
import ai.bctrl.model.ConnectionList;
import ai.bctrl.model.CreateConnectionRequest;
import ai.bctrl.model.CreateLiveViewRequest;
import ai.bctrl.model.CreateRecordingViewRequest;
import ai.bctrl.model.CreateRuntimeRequest;
import ai.bctrl.model.CreateSpaceRequest;
import ai.bctrl.model.CreatedConnection;
import ai.bctrl.model.LiveView;
import ai.bctrl.model.ProxyAffinity;
import ai.bctrl.model.ProxyConfig;
import ai.bctrl.model.RecordingView;
import ai.bctrl.model.Run;
import ai.bctrl.model.RunArtifactList;
import ai.bctrl.model.RunCommandList;
import ai.bctrl.model.RunEnd;
import ai.bctrl.model.RunEvent;
import ai.bctrl.model.RunEventList;
import ai.bctrl.model.RunList;
import ai.bctrl.model.RuntimeBacking;
import ai.bctrl.model.RuntimeConfig;
import ai.bctrl.model.RuntimeConnection;
import ai.bctrl.model.RuntimeList;
import ai.bctrl.model.Space;
import ai.bctrl.model.SpaceList;
import ai.bctrl.model.StageFileRequest;
import ai.bctrl.model.StagedFile;
import ai.bctrl.model.StorageFile;
import ai.bctrl.model.StorageFileList;
import ai.bctrl.model.UpdateSpaceRequest;
import ai.bctrl.model.WaitForEventRequest;
import ai.bctrl.model.WaitedEvent;
import ai.bctrl.model.Whoami;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContractShapesTest {
    private static final Contract SPACES = Contract.spaces();
    private static final Contract FLAT = Contract.flat();

    /** Every schema that a route of ours takes or gives, directly or inside another. */
    private static final Map<String, Class<?>> TYPES = Map.ofEntries(
            Map.entry("Space", Space.class),
            Map.entry("SpaceCreate", CreateSpaceRequest.class),
            Map.entry("SpaceUpdate", UpdateSpaceRequest.class),
            Map.entry("SpaceList", SpaceList.class),
            Map.entry("AgentContext", AgentContext.class),
            Map.entry("RuntimeConfig", RuntimeConfig.class),
            Map.entry("ProxyConfig", ProxyConfig.class),
            Map.entry("ProxyAffinity", ProxyAffinity.class),
            Map.entry("RuntimeCreate", CreateRuntimeRequest.class),
            Map.entry("RuntimeBacking", RuntimeBacking.class),
            Map.entry("Runtime", BrowserRuntime.class),
            Map.entry("RuntimeList", RuntimeList.class),
            Map.entry("ConnectionCreate", CreateConnectionRequest.class),
            Map.entry("Connection", RuntimeConnection.class),
            Map.entry("ConnectionCreated", CreatedConnection.class),
            Map.entry("ConnectionList", ConnectionList.class),
            Map.entry("Run", Run.class),
            Map.entry("RunList", RunList.class),
            Map.entry("RunEvent", RunEvent.class),
            Map.entry("RunEventList", RunEventList.class),
            Map.entry("RunEventWait", WaitForEventRequest.class),
            Map.entry("RunEventWaitResult", WaitedEvent.class),
            Map.entry("RunCommandList", RunCommandList.class),
            Map.entry("ActivityList", ActivityList.class),
            Map.entry("RunArtifactList", RunArtifactList.class),
            Map.entry("RunEventsCreate", AddRunEventsRequest.class),
            Map.entry("RunEnded", RunEnd.class),
            Map.entry("StorageFile", StorageFile.class),
            Map.entry("StorageFileList", StorageFileList.class),
            Map.entry("StageRequest", StageFileRequest.class),
            Map.entry("StagedFile", StagedFile.class),
            Map.entry("CollectRequest", CollectFileRequest.class),
            Map.entry("CollectedFile", CollectedFile.class),
            Map.entry("LiveViewerCreate", CreateLiveViewRequest.class),
            Map.entry("LiveViewer", LiveView.class),
            Map.entry("RecordingViewerCreate", CreateRecordingViewRequest.class),
            Map.entry("RecordingViewer", RecordingView.class));

    static Stream<Arguments> types() {
        return Stream.concat(
                TYPES.entrySet().stream().map(entry -> Arguments.of(SPACES, entry.getKey(), entry.getValue())),
                Stream.of(Arguments.of(FLAT, "Whoami", Whoami.class)));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("types")
    void everyVariantGoesThereAndBack(Contract contract, String schema, Class<?> type) {
        List<JsonNode> values = new SampleValues(contract).of(contract.schema(schema));

        assertThat(values).isNotEmpty().allSatisfy(value -> {
            String json = value.toString();
            assertThat(contract.problems(schema, json))
                    .as("the sample %s", json)
                    .isEmpty();
            String written = Json.write(Json.read(json, type));
            assertThat(withoutNulls(written)).isEqualTo(withoutNulls(json));
            assertThat(contract.problems(schema, written))
                    .as("written %s", written)
                    .isEmpty();
        });
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("types")
    void everyVariantIsKnownToTheStrictReaderToo(Contract contract, String schema, Class<?> type) {
        assertThat(new SampleValues(contract).of(contract.schema(schema)))
                .allSatisfy(value ->
                        assertThat(Json.readStrictly(value.toString(), type)).isNotNull());
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("types")
    void whatANewerServiceAddsSurvives(Contract contract, String schema, Class<?> type) {
        assertThat(new SampleValues(contract).of(contract.schema(schema))).allSatisfy(value -> {
            JsonElement newer = withNewFields(JsonParser.parseString(value.toString()));
            assertThat(JsonParser.parseString(withoutNulls(Json.write(Json.read(newer.toString(), type)))
                            .toString()))
                    .isEqualTo(withoutNulls(newer.toString()));
        });
    }

    @Test
    void theSamplesAreMany() {
        assertThat(types().mapToInt(type -> new SampleValues((Contract) type.get()[0])
                        .of(((Contract) type.get()[0]).schema((String) type.get()[1]))
                        .size()))
                .hasSize(38)
                .satisfies(sizes -> assertThat(
                                sizes.stream().mapToInt(Integer::intValue).sum())
                        .isGreaterThan(300));
    }

    private static JsonElement withNewFields(JsonElement json) {
        if (json.isJsonArray()) {
            json.getAsJsonArray().forEach(ContractShapesTest::withNewFields);
        } else if (json instanceof JsonObject object) {
            object.asMap().values().forEach(ContractShapesTest::withNewFields);
            object.add("addedLater", JsonParser.parseString("{\"since\":[2027]}"));
        }
        return json;
    }

    // Absent and null mean the same to the records.
    private static JsonElement withoutNulls(String json) {
        return pruned(JsonParser.parseString(json));
    }

    private static JsonElement pruned(JsonElement json) {
        if (json instanceof JsonObject object) {
            JsonObject pruned = new JsonObject();
            object.asMap().forEach((name, value) -> {
                if (!value.isJsonNull()) {
                    pruned.add(name, pruned(value));
                }
            });
            return pruned;
        } else if (json.isJsonArray()) {
            com.google.gson.JsonArray pruned = new com.google.gson.JsonArray();
            json.getAsJsonArray().forEach(item -> pruned.add(pruned(item)));
            return pruned;
        }
        return json;
    }
}
