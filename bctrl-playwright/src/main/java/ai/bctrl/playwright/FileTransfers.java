package ai.bctrl.playwright;

import ai.bctrl.error.BctrlException;
import ai.bctrl.runtime.RemoteFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What is done about the messages between driver and browser that name files. Thread-safe. */
final class FileTransfers {
    private static final String UPLOAD = "\"DOM.setFileInputFiles\"";
    private static final String BEHAVIOR = "\"Browser.setDownloadBehavior\"";
    private static final List<String> PROGRESSES = List.of("\"Browser.downloadProgress\"", "\"Page.downloadProgress\"");

    private final RemoteFiles files;
    private final String remoteDownloads;
    private final String separator;
    private final Map<String, Boolean> fetches = new ConcurrentHashMap<>();
    private volatile @Nullable Path localDownloads;

    FileTransfers(RemoteFiles files) {
        this.files = files;
        this.separator = files.directory().indexOf('/') < 0 ? "\\" : "/";
        this.remoteDownloads = files.directory() + separator + "downloads";
    }

    /** Whether a message of the driver that begins so must be looked at. */
    boolean mattersFromDriver(String begin) {
        return begin.contains(UPLOAD) || begin.contains(BEHAVIOR);
    }

    /** Whether a message of the browser that begins so must be looked at. */
    boolean mattersFromBrowser(String begin) {
        return PROGRESSES.stream().anyMatch(begin::contains);
    }

    /**
     * The message that the browser shall read; takes as long as sending the files.
     *
     * @throws BctrlException if the files cannot be sent
     */
    CdpMessage toBrowser(CdpMessage message) {
        if (message.text().contains(UPLOAD)) {
            return message.withEach("files", this::stage);
        }
        String local = message.string("downloadPath");
        if (local == null) {
            return message;
        }
        localDownloads = Path.of(local);
        return message.with("downloadPath", remoteDownloads);
    }

    private String stage(String local) {
        Path file = Path.of(local);
        if (Files.isDirectory(file)) {
            throw new BctrlException(
                    "the directory " + local
                            + " cannot be uploaded: the browser runs on another machine; name its files",
                    null);
        }
        return files.stage(file);
    }

    /** Whether the driver will look for a file when it reads this. */
    boolean isFinished(CdpMessage message) {
        return "completed".equals(message.string("state")) && localDownloads != null;
    }

    /** The message that the driver shall read, once the file is where it will look; takes as long as fetching it. */
    CdpMessage toDriver(CdpMessage message) {
        String guid = message.string("guid");
        Path directory = localDownloads;
        if (guid == null || directory == null || !guid.matches("[0-9A-Za-z-]+")) {
            return message;
        }
        // The browser may tell several sessions; the driver removes the file as soon as it has what it wants.
        boolean fetched = fetches.computeIfAbsent(guid, name -> fetch(name, directory.resolve(name)));
        return fetched ? message : message.with("state", "canceled");
    }

    private boolean fetch(String guid, Path target) {
        try {
            files.collect(remoteDownloads + separator + guid, target);
            return true;
        } catch (BctrlException failed) {
            System.getLogger(FileTransfers.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "a download cannot be fetched from the browser's machine: " + failed.getMessage());
            return false;
        }
    }
}
