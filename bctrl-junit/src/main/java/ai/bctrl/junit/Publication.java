package ai.bctrl.junit;

import ai.bctrl.junit.internal.evidence.Bundle;
import ai.bctrl.junit.internal.evidence.Collected;
import ai.bctrl.junit.internal.publish.JUnitFiles;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Hands what was kept of a test to whoever looks at test results. Thread-safe. */
final class Publication {

    /** Publishes the files of an attempt; to be called while JUnit takes files of the test. Never fails. */
    void publish(ExtensionContext context, Collected collected) {
        for (Bundle.Item item : collected.bundle().items()) {
            JUnitFiles.publish(
                    context,
                    item.name(),
                    item.mediaType(),
                    collected.bundle().directory().resolve(item.name()));
        }
    }
}
