package ai.bctrl.junit.internal.evidence;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the directory of one attempt at a test. */
final class AttemptDirectory {
    private static final int MOST_ATTEMPTS = 10_000;

    private AttemptDirectory() {}

    /** {@return a directory that did not exist before, also if several attempts fail at the same time} */
    static Path create(Path run, TestName test) throws IOException {
        Path parent = Files.createDirectories(run.resolve(test.classDirectory()).resolve(test.methodDirectory()));
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            try {
                return Files.createDirectory(parent.resolve("attempt-" + attempt));
            } catch (FileAlreadyExistsException taken) {
                // The next number may be free.
            }
        }
        throw new IOException("there are " + MOST_ATTEMPTS + " attempts in " + parent);
    }
}
