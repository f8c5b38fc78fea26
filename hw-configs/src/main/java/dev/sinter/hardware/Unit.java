package dev.sinter.hardware;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// What a quantity is measured in, and how its units are written.
///
/// @param isWhole that there are no fractions of the base unit
/// @param factors by unit, what it is in base units
record Unit(String example, boolean isWhole, Map<String, String> factors) {
    static final Unit BYTES = new Unit("48 KiB", true, bytes(""));
    static final Unit BYTES_PER_SECOND = new Unit("4.8 TB/s", false, bytes("/s"));
    static final Unit BITS = new Unit(
            "53 Mbit",
            true,
            Map.of("bit", "1", "kbit", "1e3", "Mbit", "1e6", "Gbit", "1e9", "Kibit", "1024", "Mibit", "1048576"));
    static final Unit HERTZ = new Unit("1.2 GHz", false, Map.of("Hz", "1", "kHz", "1e3", "MHz", "1e6", "GHz", "1e9"));
    static final Unit SECONDS = new Unit("12 us", false, Map.of("s", "1", "ms", "1e-3", "us", "1e-6", "ns", "1e-9"));

    Unit {
        factors = Map.copyOf(factors);
    }

    private static Map<String, String> bytes(String per) {
        return Map.of(
                "B" + per, "1",
                "KB" + per, "1e3",
                "MB" + per, "1e6",
                "GB" + per, "1e9",
                "TB" + per, "1e12",
                "KiB" + per, "1024",
                "MiB" + per, "1048576",
                "GiB" + per, "1073741824",
                "TiB" + per, "1099511627776");
    }

    /// For messages: how such a quantity is written.
    String expected() {
        return "a number and a unit, such as " + example + "; units are "
                + String.join(", ", new TreeSet<>(factors.keySet()));
    }

    /// The quantity in base units; empty if it is not written so.
    Optional<BigDecimal> parse(String text) {
        String[] words = text.split(" +", 3);
        String factor = words.length == 2 ? factors.get(words[1]) : null;
        if (factor == null) {
            return Optional.empty();
        }
        return Numbers.parse(words[0])
                .map(number -> number.multiply(new BigDecimal(factor)))
                .filter(amount -> !isWhole || Numbers.isWhole(amount));
    }
}
