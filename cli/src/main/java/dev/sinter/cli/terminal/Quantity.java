package dev.sinter.cli.terminal;

import java.util.Locale;

/// Numbers as people read them.
public final class Quantity {
    private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final String[] DECIMAL = {"", " k", " M", " G", " T"};

    private Quantity() {}

    /// For example `12.5 MiB`.
    public static String bytes(long bytes) {
        return scaled(bytes, 1024, BINARY, " ");
    }

    /// For example `3.86 G`; below 10,000 as it is.
    public static String count(long count) {
        return count < 10_000 ? String.valueOf(count) : scaled(count, 1000, DECIMAL, "");
    }

    private static String scaled(long value, int step, String[] units, String gap) {
        double rest = value;
        int unit = 0;
        while (rest >= step && unit < units.length - 1) {
            rest /= step;
            unit++;
        }
        return (unit == 0 ? String.valueOf(value) : threeDigits(rest)) + gap + units[unit];
    }

    /// For example `1.24 s`, `38.1 ms`, `7.00 us`.
    public static String seconds(double seconds) {
        if (seconds >= 1) {
            return threeDigits(seconds) + " s";
        }
        return seconds >= 1e-3 ? threeDigits(seconds * 1e3) + " ms" : threeDigits(seconds * 1e6) + " us";
    }

    /// Three digits that count, more if the number has more before its point.
    public static String threeDigits(double value) {
        double size = Math.abs(value);
        int decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /// For example `98.93 %`.
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", share * 100);
    }

    /// For example `1 picture`, `2 pictures`.
    public static String of(long count, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", count, thing, count == 1 ? "" : "s");
    }
}
