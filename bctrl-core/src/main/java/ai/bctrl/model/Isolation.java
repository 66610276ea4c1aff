package ai.bctrl.model;

/**
 * What keeps a runtime apart from others.
 *
 * <p>Schema {@code RuntimeCreate.isolation} and {@code Runtime.isolation}, an addition of bctrl-java. A value that this version
 * does not know decodes to {@link #UNKNOWN}; its text stays in the {@code extra} of the record that holds it.
 */
public enum Isolation implements WireName {
    /** A browser process of its own. */
    PROCESS("process"),
    /** A browser context of its own in a process that it shares with other runtimes: lighter, and a crash hits them all. */
    CONTEXT("context"),
    /** A value that this version does not know. Never sent. */
    UNKNOWN("unknown");

    private final String wireName;

    Isolation(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
