package ai.bctrl.benchmarks.workload;

import ai.bctrl.benchmarks.measure.Result;
import java.util.List;

/** Something that is measured. */
public interface Workload {
    /** {@return the name by which {@code --only} chooses it} */
    String id();

    /** {@return what is measured, for people} */
    String title();

    /** Measures; what cannot be measured here is left out of the results with a reason. */
    List<Result> run(BenchContext context) throws Exception;
}
