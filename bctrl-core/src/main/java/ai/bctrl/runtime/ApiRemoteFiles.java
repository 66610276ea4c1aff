package ai.bctrl.runtime;

import ai.bctrl.BctrlClient;
import ai.bctrl.error.BctrlException;
import ai.bctrl.model.CollectFileRequest;
import ai.bctrl.model.StageFileRequest;
import ai.bctrl.model.StorageFile;
import ai.bctrl.model.UploadFileRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Carries files through the storage of the space; what is put there is taken away again. */
final class ApiRemoteFiles implements RemoteFiles {
    private final BctrlClient client;
    private final String spaceId;
    private final String runtimeId;
    private final String directory;

    ApiRemoteFiles(BctrlClient client, String spaceId, String runtimeId, String directory) {
        this.client = client;
        this.spaceId = spaceId;
        this.runtimeId = runtimeId;
        this.directory = directory;
    }

    @Override
    public String directory() {
        return directory;
    }

    @Override
    public boolean isShared() {
        try {
            return Files.isDirectory(Path.of(directory));
        } catch (InvalidPathException otherSystem) {
            return false;
        }
    }

    @Override
    public String stage(Path file) {
        UploadFileRequest request = UploadFileRequest.builder()
                .name(String.valueOf(file.getFileName()))
                .build();
        StorageFile uploaded = client.files().upload(spaceId, request, file);
        try {
            return client.files()
                    .stage(
                            spaceId,
                            runtimeId,
                            StageFileRequest.builder().fileId(uploaded.id()).build())
                    .path();
        } finally {
            delete(uploaded);
        }
    }

    @Override
    public void collect(String path, Path target) {
        CollectFileRequest request = CollectFileRequest.builder().path(path).build();
        StorageFile collected =
                client.files().collect(spaceId, runtimeId, request).file();
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try (InputStream content = client.files().open(spaceId, collected.id())) {
            Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new BctrlException("a file of the browser cannot be copied to " + target + ": " + failed, failed);
        } finally {
            delete(collected);
        }
    }

    private void delete(StorageFile file) {
        try {
            client.files().delete(spaceId, file.id());
        } catch (BctrlException left) {
            // It goes with the space; the copy is what counts.
        }
    }
}
