package ai.bctrl.conformance;

/** Versions of JUnit that brought something. */
enum Since {
    /** The oldest that is supported. */
    JUNIT_5_12("5.12", "org.junit.jupiter.api.Test"),
    /** Brought class templates and parameterized classes. */
    JUNIT_5_13("5.13", "org.junit.jupiter.api.ClassTemplate");

    private final String version;
    private final String witness;

    Since(String version, String witness) {
        this.version = version;
        this.witness = witness;
    }

    String version() {
        return version;
    }

    /** {@return whether the JUnit of this JVM has it} */
    boolean isHere() {
        try {
            Class.forName(witness, false, Since.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException older) {
            return false;
        }
    }
}
