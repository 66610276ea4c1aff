package ai.bctrl.local.internal.live;

import com.google.gson.JsonObject;

/**
 * How large and how good pictures are. Immutable.
 *
 * @param width the most pixels across
 * @param height the most pixels down
 * @param level 0 for the best pictures, {@link #WORST} for the smallest
 */
record CastSettings(int width, int height, int level) {

    static final int WORST = 3;
    private static final int[] QUALITY = {75, 60, 50, 35};
    private static final double[] SCALE = {1, 1, 0.75, 0.5};
    private static final int LEAST = 160;
    private static final int MOST = 2560;
    private static final int STEP = 80;

    /** For viewers whose largest stage has so many pixels; close sizes give the same settings. */
    static CastSettings of(int width, int height, int level) {
        return new CastSettings(round(width), round(height), level);
    }

    private static int round(int pixels) {
        return Math.max(LEAST, Math.min(MOST, (pixels + STEP - 1) / STEP * STEP));
    }

    JsonObject toParams() {
        JsonObject params = new JsonObject();
        params.addProperty("format", "jpeg");
        params.addProperty("quality", QUALITY[level]);
        params.addProperty("maxWidth", (int) (width * SCALE[level]));
        params.addProperty("maxHeight", (int) (height * SCALE[level]));
        return params;
    }
}
