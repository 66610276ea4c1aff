package ai.bctrl.junit.internal.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Paints what a shop's page could look like. */
final class SamplePicture {
    private SamplePicture() {}

    static void paint(Path file, int width, int height, int seed, boolean failed) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D paint = image.createGraphics();
        paint.setColor(new Color(0xf4f6fa));
        paint.fillRect(0, 0, width, height);
        paint.setColor(Color.getHSBColor((seed % 24) / 24f, 0.55f, 0.62f));
        paint.fillRect(0, 0, width, 72);
        for (int y = 110, i = 0; y < height - 120; y += 190) {
            for (int x = 48; x < width - 200; x += 300, i++) {
                paint.setColor(Color.WHITE);
                paint.fillRoundRect(x, y, 270, 160, 14, 14);
                paint.setColor(Color.getHSBColor(((seed + i * 5) % 24) / 24f, 0.3f, 0.9f));
                paint.fillRect(x + 14, y + 14, 242, 84);
                paint.setColor(new Color(0x9aa3b2));
                paint.fillRect(x + 14, y + 112, 120 + i % 4 * 22, 11);
                paint.fillRect(x + 14, y + 132, 64, 9);
            }
        }
        paint.setColor(failed ? new Color(0xc02b3c) : new Color(0x2d8a55));
        paint.fillRect(48, height - 70, width - 96, 44);
        paint.dispose();
        ImageIO.write(image, "png", file.toFile());
    }
}
