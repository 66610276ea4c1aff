package ai.bctrl.junit.internal.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code run.json}, which says that a directory is that of a run and who still writes into it. Immutable.
 *
 * @param created when the run began
 * @param invocation what started it
 * @param members who writes into it
 * @param lastEnded when the last one left, or null if none did yet
 */
record RunMarker(
        Instant created,
        Invocation invocation,
        List<Member> members,
        @Nullable Instant lastEnded) {
    static final String FILE = "run.json";

    private static final String PID = "pid";
    private static final String STARTED = "started";

    /**
     * Somebody who writes into the directory.
     *
     * @param id tells apart several in one process
     * @param process where it runs
     */
    record Member(String id, ProcessId process) {}

    RunMarker {
        members = List.copyOf(members);
    }

    RunMarker plus(Member member) {
        List<Member> more = new ArrayList<>(members);
        more.add(member);
        return new RunMarker(created, invocation, more, lastEnded);
    }

    RunMarker without(String memberId, Instant now) {
        List<Member> fewer =
                members.stream().filter(member -> !member.id().equals(memberId)).toList();
        return new RunMarker(created, invocation, fewer, now);
    }

    boolean isLive(Surroundings here) {
        return members.stream().anyMatch(member -> here.isAlive(member.process()));
    }

    /** {@return whether a JVM that was started by this invocation belongs to the run} */
    boolean takes(Invocation joining, Surroundings here) {
        return invocation.isSame(joining)
                && (isLive(here) || Duration.between(lastUsed(), here.now()).compareTo(invocation.grace()) <= 0);
    }

    Instant lastUsed() {
        return lastEnded == null || lastEnded.isBefore(created) ? created : lastEnded;
    }

    /** {@return the marker of a directory, or null if it has none or another program's} */
    static @Nullable RunMarker read(Path directory) {
        Path file = directory.resolve(FILE);
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        try {
            return parse(JsonParser.parseString(Files.readString(file, StandardCharsets.UTF_8))
                    .getAsJsonObject());
        } catch (IOException | RuntimeException foreign) {
            return null;
        }
    }

    private static @Nullable RunMarker parse(JsonObject json) {
        JsonObject invocation = json.getAsJsonObject("invocation");
        JsonArray members = json.getAsJsonArray("members");
        String created = text(json, "created");
        if (created == null || invocation == null || members == null) {
            return null;
        }
        String name = text(invocation, "name");
        ProcessId process = process(invocation);
        String grace = text(invocation, "graceSeconds");
        if (name == null || process == null || grace == null) {
            return null;
        }
        List<Member> parsed = new ArrayList<>();
        for (JsonElement element : members) {
            JsonObject member = element.getAsJsonObject();
            String id = text(member, "id");
            ProcessId where = process(member);
            if (id != null && where != null) {
                parsed.add(new Member(id, where));
            }
        }
        String ended = text(json, "lastEnded");
        return new RunMarker(
                Instant.parse(created),
                new Invocation(name, process, Duration.ofSeconds(Long.parseLong(grace))),
                parsed,
                ended == null ? null : Instant.parse(ended));
    }

    private static @Nullable ProcessId process(JsonObject json) {
        String pid = text(json, PID);
        String started = text(json, STARTED);
        return pid == null || started == null ? null : new ProcessId(Long.parseLong(pid), Instant.parse(started));
    }

    private static @Nullable String text(JsonObject json, String name) {
        JsonElement value = json.get(name);
        return value == null || !value.isJsonPrimitive() ? null : value.getAsString();
    }

    /** Writes it so that a reader sees the old one or the new one. */
    void write(Path directory) throws IOException {
        JsonObject started = json(invocation.process());
        started.addProperty("name", invocation.name());
        started.addProperty("graceSeconds", invocation.grace().toSeconds());
        JsonArray list = new JsonArray();
        for (Member member : members) {
            JsonObject entry = json(member.process());
            entry.addProperty("id", member.id());
            list.add(entry);
        }
        JsonObject json = new JsonObject();
        json.addProperty("schemaVersion", 1);
        json.addProperty("created", created.toString());
        json.add("invocation", started);
        json.add("members", list);
        if (lastEnded != null) {
            json.addProperty("lastEnded", lastEnded.toString());
        }
        Path draft = directory.resolve("." + FILE + ".part");
        try {
            Files.writeString(draft, json + "\n", StandardCharsets.UTF_8);
            Files.move(
                    draft,
                    directory.resolve(FILE),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            // It is still there if the disk is full.
            Files.deleteIfExists(draft);
        }
    }

    private static JsonObject json(ProcessId process) {
        JsonObject json = new JsonObject();
        json.addProperty(PID, process.pid());
        json.addProperty(STARTED, process.started().toString());
        return json;
    }
}
