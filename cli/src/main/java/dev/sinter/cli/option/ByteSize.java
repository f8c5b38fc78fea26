package dev.sinter.cli.option;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A number of bytes, written as for the JVM: `1048576`, `512m`, `16g`, or as `16GiB`.
final class ByteSize implements ITypeConverter<Long> {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,18})\\s*(?:([kmgt])(?:i?b)?|b)?");
    private static final String UNITS = "kmgt";
    private static final int BITS_PER_UNIT = 10;

    @Override
    public Long convert(String text) {
        Matcher parts = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw fault(text);
        }
        long number = Long.parseLong(parts.group(1));
        int shift = parts.group(2) == null ? 0 : BITS_PER_UNIT * (1 + UNITS.indexOf(parts.group(2)));
        if (number < 1 || number > Long.MAX_VALUE >> shift) {
            throw fault(text);
        }
        return number << shift;
    }

    private static TypeConversionException fault(String text) {
        return new TypeConversionException("'" + text + "' is no size such as 512m or 16g");
    }
}
