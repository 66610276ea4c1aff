package ai.bctrl.model;

/** A value with a name on the wire. */
public interface WireName {
    /** {@return the name on the wire} */
    String wireName();
}
