package ai.bctrl.local.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of bytes: {@code 1000}, {@code 500m}, {@code 10g}. */
final class ByteSize implements ITypeConverter<Long> {

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})([kmgt]?)b?");
    private static final String UNITS = "kmgt";

    @Override
    public Long convert(String value) {
        Matcher size = SIZE.matcher(value.toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            throw new TypeConversionException("must be a number of bytes such as 500m or 10g but is '" + value + "'");
        }
        String unit = size.group(2);
        try {
            return Math.multiplyExact(
                    Long.parseLong(size.group(1)), 1L << (unit.isEmpty() ? 0 : 10 * (UNITS.indexOf(unit) + 1)));
        } catch (ArithmeticException tooLarge) {
            throw new TypeConversionException("must be less than 8 EiB but is '" + value + "'");
        }
    }
}
