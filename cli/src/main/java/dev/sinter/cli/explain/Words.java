package dev.sinter.cli.explain;

import dev.sinter.cli.terminal.Quantity;
import dev.sinter.ir.type.Shape;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// Numbers for who has not seen many of them.
final class Words {
    private static final long AS_IT_IS = 1_000_000;
    private static final String[] NAMES = {" thousand", " million", " billion", " trillion", " quadrillion"};
    private static final double LEAST_PERCENT = 1e-5;

    private Words() {}

    /// For example `1,792` or `483 billion`.
    static String count(BigInteger count) {
        if (count.compareTo(BigInteger.valueOf(AS_IT_IS)) < 0) {
            return count(count.longValueExact());
        }
        double rest = count.doubleValue() / 1000;
        int name = 0;
        while (rest >= 999.5 && name < NAMES.length - 1) {
            rest /= 1000;
            name++;
        }
        return Quantity.threeDigits(rest) + NAMES[name];
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /// For example `1 row`, `3 rows`.
    static String of(long count, String thing) {
        return count(count) + " " + thing + (count == 1 ? "" : "s");
    }

    /// For example `3.2 %`; what is smaller than anyone would see is told so.
    static String percent(double share) {
        if (share == 0) {
            return "0";
        }
        if (share < LEAST_PERCENT) {
            return "< 0.001 %";
        }
        double percent = share * 100;
        int decimals = percent >= 9.95 ? 0 : percent >= 0.0995 ? 1 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f %%", percent);
    }

    static String percent(OptionalDouble share) {
        return share.isPresent() ? percent(share.getAsDouble()) : "-";
    }

    /// For example `2` or `0.5`.
    static String number(double value) {
        return value == Math.rint(value) ? count((long) value) : String.format(Locale.ROOT, "%.3g", value);
    }

    static String by(List<Long> extents) {
        return extents.stream().map(String::valueOf).collect(Collectors.joining(" x "));
    }

    /// One picture's channels and extents: `64 x 112 x 112`.
    static String volume(Shape shape) {
        return by(shape.dims().subList(Math.min(1, shape.rank()), shape.rank()));
    }
}
