package ai.bctrl.junit.internal.evidence;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory of one attempt at a test. Immutable.
 *
 * @param path where it is
 * @param number which attempt it is, from 1
 */
public record AttemptDirectory(Path path, int number) {
    private static final int MOST_ATTEMPTS = 10_000;

    /** {@return a directory that did not exist before, also if several attempts end at the same time} */
    static AttemptDirectory create(Path run, TestName test) throws IOException {
        Path parent = Files.createDirectories(of(run, test));
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            try {
                return new AttemptDirectory(Files.createDirectory(parent.resolve("attempt-" + attempt)), attempt);
            } catch (FileAlreadyExistsException taken) {
                // The next number may be free.
            }
        }
        throw new IOException("there are " + MOST_ATTEMPTS + " attempts in " + parent);
    }

    /** {@return whether an earlier attempt at the test left evidence in this run} */
    public static boolean exists(Path run, TestName test) {
        return Files.isDirectory(of(run, test).resolve("attempt-1"));
    }

    /** {@return the number that the next attempt at the test will have, as far as evidence tells} */
    public static int next(Path run, TestName test) {
        int number = 1;
        while (Files.isDirectory(of(run, test).resolve("attempt-" + number))) {
            number++;
        }
        return number;
    }

    private static Path of(Path run, TestName test) {
        return run.resolve(test.classDirectory()).resolve(test.methodDirectory());
    }
}
