package ai.bctrl.runtime;

import ai.bctrl.error.BctrlException;
import java.nio.file.Path;

/**
 * Files on the machine of a leased browser, for a caller that does not share its file system. Thread-safe.
 */
public interface RemoteFiles {
    /** {@return the directory of the runtime's files on that machine; what lies below it can be collected} */
    String directory();

    /**
     * {@return whether this process shares the file system with the browser}
     *
     * <p>Costs no request: the name of the directory is unique and it exists as long as the runtime, so a process that sees it
     * sees what the browser writes. One that runs as another user does not see it, and could not read the browser's files.
     */
    boolean isShared();

    /**
     * Copies a file to that machine.
     *
     * @param file a file of this machine
     * @return the path of the copy on that machine; it goes with the runtime
     * @throws BctrlException if that fails
     */
    String stage(Path file);

    /**
     * Copies a file from that machine.
     *
     * @param path below {@link #directory()} on that machine
     * @param target where to write the copy on this machine; appears once it is complete
     * @throws BctrlException if that fails
     */
    void collect(String path, Path target);
}
