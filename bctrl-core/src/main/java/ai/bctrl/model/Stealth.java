package ai.bctrl.model;

/**
 * How hard the browser tries not to look automated. Hosted service only.
 *
 * <p>Schema {@code Stealth}. A value that this version does not know decodes to {@link #UNKNOWN}; its text
 * stays in the {@code extra} of the record that holds it.
 */
public enum Stealth implements WireName {
    /** Some. */
    MEDIUM("medium"),
    /** More. */
    HIGH("high"),
    /** All there is. */
    ULTRA("ultra"),
    /** A value that this version does not know. Never sent. */
    UNKNOWN("unknown");

    private final String wireName;

    Stealth(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
