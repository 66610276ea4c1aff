package ai.bctrl.junit.internal.report.server;

import java.util.Locale;
import java.util.Map;

/** Says how a file is served. */
final class MediaType {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String BYTES = "application/octet-stream";

    /** What a bundle may hold; what is missing here is downloaded. Pages that were captured shall never run: they are text. */
    private static final Map<String, String> KEPT = Map.ofEntries(
            Map.entry("json", "application/json"),
            Map.entry("jsonl", TEXT),
            Map.entry("har", "application/json"),
            Map.entry("html", TEXT),
            Map.entry("htm", TEXT),
            Map.entry("xhtml", TEXT),
            Map.entry("svg", TEXT),
            Map.entry("xml", TEXT),
            Map.entry("yaml", TEXT),
            Map.entry("txt", TEXT),
            Map.entry("md", TEXT),
            Map.entry("log", TEXT),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("webm", "video/webm"),
            Map.entry("zip", "application/zip"));

    private static final Map<String, String> APPLICATION = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "ttf", "font/ttf",
            "json", "application/json",
            "webmanifest", "application/manifest+json");

    private MediaType() {}

    static String ofKept(String name) {
        return KEPT.getOrDefault(extension(name), BYTES);
    }

    static String ofApplication(String name) {
        return APPLICATION.getOrDefault(extension(name), BYTES);
    }

    static boolean isDownload(String mediaType) {
        return mediaType.equals(BYTES);
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
