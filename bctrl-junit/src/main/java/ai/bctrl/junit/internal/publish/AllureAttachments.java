package ai.bctrl.junit.internal.publish;

import ai.bctrl.junit.internal.run.Presence;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Attaches files to tests in Allure's results. Allure 2 does not listen to files that are published through JUnit; from
 * version 3 on it does, and nothing is done here. Stateless.
 */
final class AllureAttachments {
    private static final String ALLURE = "io.qameta.allure.Allure";
    private static final String LISTENER = "io.qameta.allure.junitplatform.AllureJunitPlatform";
    private static final String LIFECYCLE = "io.qameta.allure.AllureLifecycle";

    private AllureAttachments() {}

    /** {@return whether there is an Allure} */
    static boolean isThere() {
        return Presence.of(ALLURE);
    }

    /**
     * Attaches a file to the test that runs on this thread, if Allure knows one.
     *
     * @throws IOException if the file cannot be read
     * @throws ReflectiveOperationException if this Allure is not as we know it
     */
    static void attach(String name, String mediaType, Path file) throws IOException, ReflectiveOperationException {
        if (!isThere() || hearsOfPublishedFiles() || !hasCurrentTest()) {
            return;
        }
        int dot = name.lastIndexOf('.');
        Method add = Class.forName(ALLURE)
                .getMethod("addAttachment", String.class, String.class, InputStream.class, String.class);
        try (InputStream content = Files.newInputStream(file)) {
            invoke(add, null, name, mediaType, content, dot < 0 ? "" : name.substring(dot));
        }
    }

    private static boolean hearsOfPublishedFiles() throws ClassNotFoundException {
        return Presence.of(LISTENER)
                && Arrays.stream(Class.forName(LISTENER).getDeclaredMethods())
                        .anyMatch(method -> method.getName().equals("fileEntryPublished"));
    }

    private static boolean hasCurrentTest() throws ReflectiveOperationException {
        Object lifecycle = invoke(Class.forName(ALLURE).getMethod("getLifecycle"), null);
        Object current = invoke(Class.forName(LIFECYCLE).getMethod("getCurrentTestCase"), lifecycle);
        return current instanceof Optional<?> test && test.isPresent();
    }

    private static @Nullable Object invoke(Method method, @Nullable Object target, @Nullable Object... arguments)
            throws ReflectiveOperationException {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failed) {
            throw new ReflectiveOperationException(failed.getCause());
        }
    }
}
