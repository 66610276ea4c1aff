package ai.bctrl.junit.internal.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * The bundles that a report shows, as blocks of text for its page. A block is compressed: sources of pages are large and
 * repeat themselves, and the page unpacks one only when somebody looks at it. Not thread-safe.
 */
final class EmbeddedBundles {
    private static final int THUMBNAIL_WIDTH = 320;
    private static final int SCREENSHOT_WIDTH = 1280;
    /** A bundle may have this multiple of an equal share: most leave something. */
    private static final int GENEROSITY = 3;

    private final Path root;
    private final SpaceLeft space;
    private final Map<Path, Integer> indexes = new LinkedHashMap<>();
    private final List<Block> blocks = new ArrayList<>();
    private final JsonArray summaries = new JsonArray();

    /** A text of the page: the id of its element, and its content in base64 or as a data URL. */
    record Block(String id, String content) {}

    EmbeddedBundles(Path root, SpaceLeft space) {
        this.root = root;
        this.space = space;
    }

    List<Block> blocks() {
        return blocks;
    }

    /** {@return for each bundle what the overview needs: its path and its thumbnail} */
    JsonArray summaries() {
        return summaries;
    }

    boolean has(Path bundle) {
        return indexes.containsKey(bundle);
    }

    /**
     * {@return the index of a bundle, which is read the first time}
     *
     * @param left how many bundles share the space, this one included
     */
    int add(Path bundle, int left) {
        Integer known = indexes.get(bundle);
        if (known != null) {
            return known;
        }
        int index = summaries.size();
        indexes.put(bundle, index);
        JsonObject summary = new JsonObject();
        summaries.add(summary);
        summary.addProperty("path", path(bundle));
        try {
            BundleReader reader = new BundleReader(bundle);
            pictures(bundle, reader, index, summary);
            summary.addProperty("there", texts(reader, index, left));
        } catch (IOException e) {
            summary.addProperty("problem", "the directory cannot be read: " + e.getMessage());
        }
        return index;
    }

    private String path(Path bundle) {
        String path = root.relativize(bundle).toString().replace('\\', '/');
        return path.isEmpty() ? "" : path + "/";
    }

    private boolean texts(BundleReader reader, int index, int left) throws IOException {
        long share = Math.min(space.text(), GENEROSITY * (space.text() / Math.max(1, left)));
        for (TextLimits limits : TextLimits.LEVELS) {
            String packed = packed(reader.read(limits).toString());
            if (packed.length() <= share && space.takeText(packed.length())) {
                blocks.add(new Block("b" + index, packed));
                return true;
            }
        }
        return false;
    }

    private void pictures(Path bundle, BundleReader reader, int index, JsonObject summary) {
        BundleFiles.Item viewport = reader.files().stream()
                .filter(file -> file.kind().equals("screenshot") && file.exists())
                .filter(file -> !file.name().endsWith(".full.png"))
                .findFirst()
                .orElse(null);
        if (viewport == null) {
            return;
        }
        summary.addProperty("shot", viewport.name());
        Picture picture = space.hasTimeForPictures() ? Picture.read(bundle.resolve(viewport.name())) : null;
        String thumbnail = picture == null ? null : picture.jpeg(THUMBNAIL_WIDTH);
        if (picture != null && thumbnail != null && space.takeThumbnail(thumbnail.length())) {
            blocks.add(new Block("t" + index, thumbnail));
            String screenshot = picture.jpeg(SCREENSHOT_WIDTH);
            if (screenshot != null && space.takeScreenshot(screenshot.length())) {
                blocks.add(new Block("s" + index, screenshot));
            }
        }
    }

    private static String packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
