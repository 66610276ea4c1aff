package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.internal.json.Json;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;

/** An answer of the API. */
record Reply(int status, HttpHeaders headers, String text) {

    static Reply of(HttpResponse<String> response) {
        return new Reply(response.statusCode(), response.headers(), response.body());
    }

    JsonObject json() {
        return Json.parseObject(text);
    }

    String text(String field) {
        return json().get(field).getAsString();
    }

    JsonObject object(String field) {
        return json().getAsJsonObject(field);
    }

    JsonArray array(String field) {
        return json().getAsJsonArray(field);
    }

    /** One field of each item of a list. */
    List<String> each(String list, String field) {
        return StreamSupport.stream(array(list).spliterator(), false)
                .map(item -> item.getAsJsonObject().get(field).getAsString())
                .toList();
    }

    Reply expect(int wanted) {
        assertThat(status).as(text).isEqualTo(wanted);
        return this;
    }

    /** Checks the form of an error. */
    Reply expectError(int wanted, String code) {
        expect(wanted);
        JsonObject body = json();
        assertThat(body.keySet()).containsExactly("error", "code", "requestId", "details");
        assertThat(text("code")).isEqualTo(code);
        assertThat(text("error")).isNotBlank();
        assertThat(body.get("details").isJsonObject()).isTrue();
        assertThat(headers.firstValue("content-type")).hasValue("application/json");
        assertThat(headers.firstValue("x-request-id")).hasValue(text("requestId"));
        return this;
    }

    Reply expectField(String field) {
        assertThat(object("details").get("field").getAsString()).isEqualTo(field);
        return this;
    }
}
