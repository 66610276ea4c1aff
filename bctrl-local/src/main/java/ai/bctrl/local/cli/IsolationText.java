package ai.bctrl.local.cli;

import ai.bctrl.model.Isolation;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code process} and {@code context}. Immutable. */
final class IsolationText implements ITypeConverter<Isolation> {

    IsolationText() {}

    @Override
    public Isolation convert(String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "process" -> Isolation.PROCESS;
            case "context" -> Isolation.CONTEXT;
            default -> throw new TypeConversionException("'" + value + "' is neither process nor context");
        };
    }
}
