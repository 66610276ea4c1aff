package ai.bctrl.junit.internal.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import org.jspecify.annotations.Nullable;

/** Makes small JPEGs of screenshots. Paints in memory only, so that no display is needed. */
final class Picture {
    private static final long MOST_PIXELS = 16_000_000;
    private static final float QUALITY = 0.72f;

    private final BufferedImage image;

    private Picture(BufferedImage image) {
        this.image = image;
    }

    /** {@return the picture in a file, or null if it cannot be decoded or is too large to be} */
    static @Nullable Picture read(Path file) {
        try (ImageInputStream input = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                return null;
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(input, true, true);
                if ((long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS) {
                    return null;
                }
                return new Picture(reader.read(0));
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            // Broken, or a Java without java.desktop or its native libraries: the report links the file instead.
            return null;
        }
    }

    /** {@return the picture as a data URL of a JPEG, at most that wide and twice as high, or null if that is impossible} */
    @Nullable
    String jpeg(int width) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            write(scaled(Math.min(width, image.getWidth())), bytes);
            return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
        } catch (IOException | RuntimeException | LinkageError e) {
            return null;
        }
    }

    private BufferedImage scaled(int width) {
        BufferedImage current = image;
        // Halving first keeps text legible: a bilinear step sees only the nearest pixels.
        while (current.getWidth() >= 2 * width) {
            current = painted(current, current.getWidth() / 2, Math.max(1, current.getHeight() / 2));
        }
        int height = Math.max(1, Math.round(current.getHeight() * (float) width / current.getWidth()));
        BufferedImage exact = painted(current, width, height);
        return height > 2 * width ? exact.getSubimage(0, 0, width, 2 * width) : exact;
    }

    private static BufferedImage painted(BufferedImage source, int width, int height) {
        BufferedImage target = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = target.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(source, 0, 0, width, height, Color.WHITE, null);
        } finally {
            graphics.dispose();
        }
        return target;
    }

    private static void write(BufferedImage image, ByteArrayOutputStream bytes) throws IOException {
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("jpeg");
        if (!writers.hasNext()) {
            throw new IOException("this Java writes no JPEG");
        }
        ImageWriter writer = writers.next();
        try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam quality = writer.getDefaultWriteParam();
            quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            quality.setCompressionQuality(QUALITY);
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, null), quality);
        } finally {
            writer.dispose();
        }
    }
}
