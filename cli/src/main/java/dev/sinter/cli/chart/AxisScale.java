package dev.sinter.cli.chart;

import dev.sinter.cli.chart.BarChart.Bar;
import dev.sinter.cli.chart.BarChart.Panel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/// Which value stands where along an axis, and which values are marked: round ones.
///
/// @param from the value at its beginning
/// @param until the value at its end
record AxisScale(double from, double until, boolean logarithmic, List<Double> marks) {
    private static final int MOST_MARKS = 6;
    private static final double[] ROUND = {1, 2, 2.5, 5, 10};

    /// A bar of the least value is to be seen.
    private static final double SHORTEST_BAR = 1.5;

    /// @param room how much longer than the longest bar it is, for what is written at its end
    static AxisScale of(Panel panel, double room) {
        double[] values = DoubleStream.concat(
                        panel.groups().stream()
                                .flatMap(group -> group.bars().stream())
                                .filter(Bar::isThere)
                                .flatMapToDouble(bar -> DoubleStream.of(bar.value(), bar.high())),
                        panel.reference().stream())
                .toArray();
        double largest = DoubleStream.of(values).max().orElse(1);
        if (!panel.logarithmic()) {
            return linear(largest <= 0 ? 1 : largest, room);
        }
        double least = DoubleStream.of(values).filter(value -> value > 0).min().orElse(1);
        return logarithmic(least, Math.max(largest, least), room);
    }

    private static AxisScale linear(double largest, double room) {
        double until = largest * room;
        double step = roundStep(until / MOST_MARKS);
        List<Double> marks = new ArrayList<>();
        for (int i = 0; i * step <= until; i++) {
            marks.add(i * step);
        }
        return new AxisScale(0, until, false, marks);
    }

    private static double roundStep(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double round : ROUND) {
            if (round * power >= least * (1 - 1e-9)) {
                return round * power;
            }
        }
        return 10 * power;
    }

    private static AxisScale logarithmic(double least, double largest, double room) {
        int first = (int) Math.floor(Math.log10(least / SHORTEST_BAR));
        double from = Math.pow(10, first);
        double until = from * Math.pow(largest / from, room);
        List<Double> marks = new ArrayList<>();
        for (int power = first; Math.pow(10, power) <= until * (1 + 1e-9); power++) {
            marks.add(Math.pow(10, power));
        }
        return new AxisScale(from, until, true, marks);
    }

    /// From 0 at the beginning to 1 at the end; what lies beyond stands at the end that is nearer.
    double place(double value) {
        double share = logarithmic ? Math.log(value / from) / Math.log(until / from) : (value - from) / (until - from);
        return Math.clamp(share, 0, 1);
    }

    /// A marked value without digits that say nothing.
    static String text(double mark) {
        String digits = String.format(Locale.ROOT, "%.6f", mark);
        return digits.replaceFirst("\\.?0+$", "");
    }
}
