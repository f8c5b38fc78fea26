package dev.sinter.cli.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A number that may be written as a fraction, such as `1/255`.
final class Fraction implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length > 2) {
            throw fault(text);
        }
        double value = number(parts[0], text);
        if (parts.length == 2) {
            value /= number(parts[1], text);
        }
        if (!Double.isFinite(value)) {
            throw fault(text);
        }
        return value;
    }

    private static double number(String part, String whole) {
        try {
            return Double.parseDouble(part.strip());
        } catch (NumberFormatException _) {
            throw fault(whole);
        }
    }

    private static TypeConversionException fault(String text) {
        return new TypeConversionException(
                "'" + text + "' is neither a number such as 0.5 nor a fraction such as 1/255");
    }
}
