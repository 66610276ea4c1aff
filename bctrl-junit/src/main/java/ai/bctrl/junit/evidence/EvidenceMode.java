package ai.bctrl.junit.evidence;

/** When evidence of a test is kept. */
public enum EvidenceMode {
    /** Never; nothing is recorded for it. */
    OFF,
    /** When it fails, and when it passes after it had failed in the same run. */
    ON_FAILURE,
    /** Also when it passes. */
    ALWAYS
}
