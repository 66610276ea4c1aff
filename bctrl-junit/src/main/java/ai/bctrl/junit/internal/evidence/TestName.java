package ai.bctrl.junit.internal.evidence;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a test is called. Immutable.
 *
 * @param className binary name of its class
 * @param methodName name of its method, or null for what belongs to the class as a whole
 * @param parameterTypes simple names of the method's parameter types
 * @param overloaded whether the class has other methods of that name
 * @param uniqueId JUnit's id, which tells the invocation
 * @param displayName how JUnit shows it
 */
public record TestName(
        String className,
        @Nullable String methodName,
        java.util.List<String> parameterTypes,
        boolean overloaded,
        String uniqueId,
        String displayName) {
    private static final Pattern INVOCATION = Pattern.compile("(?:invocation|dynamic-container|dynamic-test):#(\\d+)");

    /** Copies the list. */
    public TestName {
        parameterTypes = java.util.List.copyOf(parameterTypes);
    }

    /** {@return the name of a test that this factory made} */
    public TestName dynamicTest(String ownUniqueId, String ownDisplayName) {
        return new TestName(className, methodName, parameterTypes, overloaded, ownUniqueId, ownDisplayName);
    }

    /** {@return the same with another display name: that of a parameterized test holds its arguments} */
    public TestName shownAs(String ownDisplayName) {
        return dynamicTest(uniqueId, ownDisplayName);
    }

    /** {@return whether it is shown as its method is called in the code, which no run can make a secret} */
    public boolean isShownAsMethod() {
        return displayName.equals(methodName + "()");
    }

    /** {@return the name of the directory of the class} */
    String classDirectory() {
        return SafeName.of(className.replace('$', '.'));
    }

    /** {@return the name of the directory of the method and invocation, for example {@code buys[3]}} */
    String methodDirectory() {
        return SafeName.of(method() + invocation());
    }

    /** {@return class, method and invocation for people, for example {@code CheckoutTest.buys[3]}} */
    public String shortName() {
        String simple = className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
        return simple + "." + method() + invocation();
    }

    private String method() {
        if (methodName == null) {
            return "(class)";
        }
        return overloaded ? methodName + "(" + String.join(",", parameterTypes) + ")" : methodName;
    }

    /** {@return the numbers of the invocations, from the outermost, for example {@code 3}; empty where there is only one} */
    public String invocationNumber() {
        Matcher matcher = INVOCATION.matcher(uniqueId);
        return matcher.results().map(result -> result.group(1)).collect(Collectors.joining("."));
    }

    private String invocation() {
        String numbers = invocationNumber();
        return numbers.isEmpty() ? "" : "[" + numbers + "]";
    }

    /** {@return the simple names of types} */
    public static java.util.List<String> simpleNames(Class<?>[] types) {
        return Arrays.stream(types).map(Class::getSimpleName).toList();
    }
}
