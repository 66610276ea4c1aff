package ai.bctrl.failures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.platform.commons.support.ReflectionSupport;

/** The tests that fail on purpose, and what is expected of each. */
final class Suite {
    private Suite() {}

    /** {@return the classes that build tools find} */
    static List<Class<?>> classes() {
        List<Class<?>> found = ReflectionSupport.findAllClassesInPackage(
                "ai.bctrl.failures", type -> true, name -> name.endsWith("Test") && !name.contains("$"));
        assertThat(found).hasSizeGreaterThan(10);
        return found;
    }

    /** {@return what is expected of all tests, and of classes as a whole} */
    static List<Expected> expected() {
        List<Expected> all = new ArrayList<>();
        for (Class<?> type : classes()) {
            add(type, all);
        }
        return all;
    }

    private static void add(Class<?> type, List<Expected> all) {
        if (type.isAnnotationPresent(Expect.class)) {
            all.add(new Expected(type.getName(), null, type.getAnnotation(Expect.class)));
        }
        Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Expect.class))
                .forEach(method ->
                        all.add(new Expected(type.getName(), method.getName(), method.getAnnotation(Expect.class))));
        Arrays.stream(type.getDeclaredClasses()).forEach(inner -> add(inner, all));
    }
}
