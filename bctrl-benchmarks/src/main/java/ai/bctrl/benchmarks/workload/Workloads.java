package ai.bctrl.benchmarks.workload;

import java.util.ArrayList;
import java.util.List;

/** All that can be measured. Stateless. */
public final class Workloads {
    private Workloads() {}

    /** {@return all workloads, in the order in which they run} */
    public static List<Workload> all() {
        return List.of(
                TestSuites.trivial(),
                TestSuites.realistic(),
                TestSuites.coldStart(),
                new PageOpening(),
                new RelayCost(),
                new Footprint(),
                new ControlPlane(),
                new RecordGrowth(),
                new Throughput(),
                new Jmh());
    }

    /**
     * {@return those with the ids; {@code g} means all whose ids begin with it}
     *
     * @throws IllegalArgumentException where nobody has an id; the message lists those there are
     */
    public static List<Workload> chosen(List<String> ids) {
        List<Workload> chosen = new ArrayList<>();
        for (String id : ids) {
            List<Workload> found = all().stream()
                    .filter(workload ->
                            workload.id().equals(id) || workload.id().startsWith(id + "-"))
                    .toList();
            if (found.isEmpty()) {
                throw new IllegalArgumentException("--only " + id + " names nothing; there are "
                        + String.join(", ", all().stream().map(Workload::id).toList()));
            }
            chosen.addAll(found);
        }
        return chosen;
    }
}
