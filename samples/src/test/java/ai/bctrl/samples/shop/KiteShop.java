package ai.bctrl.samples.shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Injects a {@link ShopServer}: one for each test class and its nested classes, stopped after the run. */
final class KiteShop implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(KiteShop.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ShopServer.class;
    }

    @Override
    public ShopServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> testClass = context.getRequiredTestClass();
        while (testClass.getEnclosingClass() != null) {
            testClass = testClass.getEnclosingClass();
        }
        // JUnit closes what is in its store.
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(testClass, unused -> start(), ShopServer.class);
    }

    private static ShopServer start() {
        try {
            return ShopServer.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
