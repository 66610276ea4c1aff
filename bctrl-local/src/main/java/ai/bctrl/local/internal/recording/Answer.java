package ai.bctrl.local.internal.recording;

import ai.bctrl.internal.json.Json;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;

/** What a request of the replay page is answered with. Immutable; nobody changes the bytes. */
final class Answer {

    private final int status;
    private final String contentType;
    private final boolean cacheable;
    private final byte[] bytes;

    private Answer(int status, String contentType, boolean cacheable, byte[] bytes) {
        this.status = status;
        this.contentType = contentType;
        this.cacheable = cacheable;
        this.bytes = bytes;
    }

    static Answer file(String contentType, byte[] bytes) {
        return new Answer(200, contentType, false, bytes);
    }

    /** A picture, which never changes. */
    static Answer jpeg(byte[] bytes) {
        return new Answer(200, "image/jpeg", true, bytes);
    }

    static Answer json(int status, JsonObject json) {
        return new Answer(status, "application/json", false, Json.write(json).getBytes(StandardCharsets.UTF_8));
    }

    Answer withStatus(int other) {
        return new Answer(other, contentType, cacheable, bytes);
    }

    int status() {
        return status;
    }

    String contentType() {
        return contentType;
    }

    boolean isCacheable() {
        return cacheable;
    }

    byte[] bytes() {
        return bytes;
    }
}
