package ai.bctrl.conformance;

import java.util.function.Consumer;

/**
 * A way in which JUnit may run tests, and the proof that a managed browser follows it. Immutable.
 *
 * @param group what it belongs to, in a word or two
 * @param sentence what is promised
 * @param since the oldest JUnit that has it
 * @param proof runs tests and throws if they do not keep the promise
 */
record Lifecycle(String group, String sentence, Since since, Consumer<KitRun> proof) {
    static Lifecycle of(String group, String sentence, Consumer<KitRun> proof) {
        return new Lifecycle(group, sentence, Since.JUNIT_5_12, proof);
    }

    Lifecycle since(Since oldest) {
        return new Lifecycle(group, sentence, oldest, proof);
    }
}
