package ai.bctrl.checks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.ApiRoute;
import ai.bctrl.BctrlClient;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ApiRoutesTest {
    /** The parts of the contract that the client covers so far. */
    static final List<String> TAGS = List.of(
            "spaces", "runtimes", "connections", "runs", "artifacts", "space-storage", "runtime-files", "owners");

    /** A route of the newer generation that the older one lacks. */
    static final String WHOAMI = "GET /v1/auth/whoami";

    private static Stream<Method> resourceMethods() {
        return Arrays.stream(BctrlClient.class.getMethods())
                .map(Method::getReturnType)
                .filter(type -> type.getPackageName().equals("ai.bctrl") && type != BctrlClient.class)
                .distinct()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(ApiRoute.class));
    }

    @Test
    void theClientHasEveryRouteOfItsPartOfTheContractAndNoOther() {
        TreeSet<String> expected = new TreeSet<>(Contract.spaces().routes(TAGS));
        expected.add(WHOAMI);

        TreeSet<String> found = new TreeSet<>();
        resourceMethods()
                .forEach(
                        method -> found.add(method.getAnnotation(ApiRoute.class).value()));

        assertThat(found).isEqualTo(expected);
        assertThat(Contract.flat().routes(List.of("auth"))).contains(WHOAMI);
    }

    @Test
    void everyRouteHasAMethodAndAnOverloadWithOptions() {
        TreeSet<String> routes = new TreeSet<>();
        resourceMethods()
                .forEach(method ->
                        routes.add(method.getAnnotation(ApiRoute.class).value()));

        assertThat(routes)
                .hasSizeGreaterThan(20)
                .allSatisfy(route -> assertThat(resourceMethods()
                                .filter(method -> method.getAnnotation(ApiRoute.class)
                                        .value()
                                        .equals(route)))
                        .hasSize(2));
    }
}
