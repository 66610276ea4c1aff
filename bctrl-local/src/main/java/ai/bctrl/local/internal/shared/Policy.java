package ai.bctrl.local.internal.shared;

import java.util.Set;

/**
 * Which commands a runtime of a shared Chromium may send, by their names. What is not named here is refused, so that a
 * newer Chromium's commands are not allowed before somebody has thought about them. Immutable.
 */
final class Policy {

    /** What to do with a command. */
    enum Handling {
        /** It concerns the page, frame or worker of its session only. */
        PAGE,
        /** Its parameters decide. */
        LOOK,
        /** It concerns the whole browser. */
        REFUSE
    }

    /** Domains of which every command stays within its session's page, but for those in {@link #WIDE}. */
    private static final Set<String> PAGE = Set.of(
            "Accessibility",
            "Animation",
            "Audits",
            "Autofill",
            "BackgroundService",
            "CSS",
            "CacheStorage",
            "Console",
            "CrashReportContext",
            "DOM",
            "DOMDebugger",
            "DOMSnapshot",
            "DOMStorage",
            "Debugger",
            "DeviceOrientation",
            "Emulation",
            "EventBreakpoints",
            "FedCm",
            "Fetch",
            "FileSystem",
            "HeadlessExperimental",
            "HeapProfiler",
            "IO",
            "IndexedDB",
            "Input",
            "Inspector",
            "LayerTree",
            "Log",
            "Media",
            "Memory",
            "Network",
            "Overlay",
            "Page",
            "Performance",
            "PerformanceTimeline",
            "Preload",
            "Profiler",
            "Runtime",
            "Schema",
            "Security",
            "ServiceWorker",
            "WebAudio",
            "WebAuthn");

    /** Commands of those domains that reach further than their page. */
    private static final Set<String> WIDE = Set.of(
            "Emulation.addScreen",
            "Emulation.removeScreen",
            "Emulation.updateScreen",
            "Emulation.setPrimaryScreen",
            "Memory.setPressureNotificationsSuppressed",
            "Memory.simulatePressureNotification",
            "Memory.getBrowserSamplingProfile",
            "Memory.getAllTimeSamplingProfile");

    private Policy() {}

    static Handling of(String method) {
        int dot = method.indexOf('.');
        String domain = dot < 0 ? "" : method.substring(0, dot);
        return switch (domain) {
            case "Target", "Browser", "Storage" -> Handling.LOOK;
            default -> PAGE.contains(domain) && !WIDE.contains(method) ? Handling.PAGE : Handling.REFUSE;
        };
    }
}
