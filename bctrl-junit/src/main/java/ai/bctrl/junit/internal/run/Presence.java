package ai.bctrl.junit.internal.run;

/** Finds out which JUnit there is, and who else listens. Stateless. */
public final class Presence {
    private Presence() {}

    /** {@return whether there is a class of that name with such a public method} */
    public static boolean of(String className, String method, Class<?>... parameters) {
        try {
            Class.forName(className, false, Presence.class.getClassLoader()).getMethod(method, parameters);
            return true;
        } catch (ClassNotFoundException | NoSuchMethodException | LinkageError absent) {
            return false;
        }
    }

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
