package ai.bctrl.junit.internal.run;

/** Finds out which JUnit there is, and who else listens. Stateless. */
public final class Presence {
    private Presence() {}

    /** {@return whether there is a class of that name} */
    public static boolean of(String className) {
        try {
            Class.forName(className, false, Presence.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }
}
