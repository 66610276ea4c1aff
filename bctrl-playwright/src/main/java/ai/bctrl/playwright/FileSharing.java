package ai.bctrl.playwright;

import ai.bctrl.error.BctrlConfigurationException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Whether the browser sees the files of this machine. Playwright takes that for granted when it drives a browser by its CDP
 * address: the browser writes downloads to a directory of the driver and reads what is uploaded from there. Where it is not
 * so, a relay between driver and browser carries the files.
 */
public enum FileSharing {
    /**
     * Looks at whether this process sees the directory that the control plane made for the runtime; the default. That costs no
     * request, and an embedded control plane is never taken for a distant one. Where the provider names no such directory,
     * files are taken to be shared.
     */
    AUTO,
    /** The browser sees the files of this machine: no relay. */
    SHARED,
    /** The browser does not see them: always a relay, if the provider has a way to the browser's files. */
    REMOTE;

    /**
     * Reads a setting such as {@code bctrl.files}.
     *
     * @param text auto, shared or remote, in whatever case
     * @throws BctrlConfigurationException if it is none of them
     */
    public static FileSharing of(String text) {
        for (FileSharing sharing : values()) {
            if (sharing.name().equalsIgnoreCase(text.strip())) {
                return sharing;
            }
        }
        throw new BctrlConfigurationException("files is \"" + text + "\"; it must be one of "
                + Arrays.stream(values())
                        .map(value -> value.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")));
    }
}
