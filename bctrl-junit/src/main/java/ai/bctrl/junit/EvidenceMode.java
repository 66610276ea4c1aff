package ai.bctrl.junit;

/** When evidence of a test is kept. */
public enum EvidenceMode {
    /** When it fails. */
    ON_FAILURE,
    /** Never. */
    OFF
}
