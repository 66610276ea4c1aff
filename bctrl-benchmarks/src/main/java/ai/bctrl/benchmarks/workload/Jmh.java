package ai.bctrl.benchmarks.workload;

import ai.bctrl.benchmarks.measure.Result;
import ai.bctrl.benchmarks.measure.Samples;
import ai.bctrl.benchmarks.measure.Series;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The small parts, by JMH in a JVM of its own: frames of the relay, the JSON codec, the event store. Stateless. */
final class Jmh implements Workload {
    /** Where the classes of the benchmarks are, which are compiled apart; missing where they were not. */
    static final String CLASSES = "bctrl.bench.jmh";

    Jmh() {}

    @Override
    public String id() {
        return "jmh";
    }

    @Override
    public String title() {
        return "small parts (JMH)";
    }

    @Override
    public List<Result> run(BenchContext context) throws Exception {
        Samples samples = new Samples();
        String classes = System.getProperty(CLASSES, "");
        if (classes.isBlank() || !Files.isDirectory(Path.of(classes))) {
            samples.leaveOut("JMH", "its classes are not named by -D" + CLASSES + "; ./bctrl bench does that");
        } else {
            measure(context, classes, samples);
        }
        List<Series> series = samples.series("us");
        return List.of(
                new Result("jmh", "Small parts, time of one operation", "us/op", false, null, List.of(), null, series));
    }

    private static void measure(BenchContext context, String classes, Samples samples)
            throws IOException, InterruptedException {
        Path answer = context.work().resolve("jmh.json");
        String seconds = context.by(1, 1, 3) + "s";
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes + File.pathSeparator + System.getProperty("java.class.path"),
                "org.openjdk.jmh.Main",
                "-rf",
                "json",
                "-rff",
                answer.toString(),
                "-foe",
                "true",
                "-f",
                Integer.toString(context.by(1, 1, 3)),
                "-wi",
                Integer.toString(context.by(1, 2, 3)),
                "-i",
                Integer.toString(context.by(1, 3, 5)),
                "-w",
                seconds,
                "-r",
                seconds));
        Path log = context.work().resolve("jmh.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.waitFor() != 0) {
            samples.leaveOut("JMH", "it failed; see " + log);
            return;
        }
        for (JsonElement element :
                JsonParser.parseString(Files.readString(answer)).getAsJsonArray()) {
            JsonObject benchmark = element.getAsJsonObject();
            String name = benchmark.get("benchmark").getAsString();
            String shown = name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
            JsonElement parameters = benchmark.get("params");
            String variant = parameters == null ? shown : shown + " " + values(parameters.getAsJsonObject());
            for (JsonElement fork : benchmark.getAsJsonObject("primaryMetric").getAsJsonArray("rawData")) {
                fork.getAsJsonArray().forEach(sample -> samples.add(variant, "us", null, sample.getAsDouble()));
            }
        }
    }

    private static String values(JsonObject parameters) {
        return String.join(
                ", ",
                parameters.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue().getAsString())
                        .toList());
    }
}
