package ai.bctrl.junit.internal.redaction;

import java.util.Locale;

/**
 * What a body says that it is. Immutable.
 *
 * @param essence {@code text/html}, without parameters, in lower case
 * @param parameters the rest
 */
record MediaType(String essence, String parameters) {
    static MediaType of(String mediaType) {
        int end = mediaType.indexOf(';');
        String essence = end < 0 ? mediaType : mediaType.substring(0, end);
        return new MediaType(essence.strip().toLowerCase(Locale.ROOT), end < 0 ? "" : mediaType.substring(end + 1));
    }

    boolean isBinary() {
        boolean picture = essence.startsWith("image/") && !essence.contains("svg");
        return picture
                || essence.startsWith("audio/")
                || essence.startsWith("video/")
                || essence.startsWith("font/")
                || essence.equals("application/wasm")
                || essence.equals("application/zip")
                || essence.equals("application/pdf");
    }

    boolean isText() {
        return essence.startsWith("text/")
                || isMultipart()
                || isForm()
                || isMarkup()
                || isCode()
                || essence.contains("json");
    }

    boolean isMultipart() {
        return essence.startsWith("multipart/");
    }

    boolean isForm() {
        return essence.equals("application/x-www-form-urlencoded");
    }

    boolean isMarkup() {
        return essence.contains("html") || essence.endsWith("xml");
    }

    boolean isCode() {
        return essence.contains("javascript") || essence.contains("ecmascript") || essence.equals("text/css");
    }

    boolean mayBeJson() {
        return essence.contains("json") || essence.isEmpty() || !essence.startsWith("text/") || isPlain();
    }

    private boolean isPlain() {
        return essence.equals("text/plain");
    }

    /** {@return what separates the parts of a multipart body; empty if it does not say so} */
    String boundary() {
        int at = parameters.toLowerCase(Locale.ROOT).indexOf("boundary=");
        if (at < 0) {
            return "";
        }
        String value = parameters.substring(at + "boundary=".length()).strip();
        if (value.startsWith("\"")) {
            int end = value.indexOf('"', 1);
            return end < 0 ? value.substring(1) : value.substring(1, end);
        }
        int end = value.indexOf(';');
        return end < 0 ? value : value.substring(0, end).strip();
    }
}
