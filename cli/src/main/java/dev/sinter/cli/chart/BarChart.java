package dev.sinter.cli.chart;

import java.util.List;
import java.util.OptionalDouble;

/// Groups of bars that lie one below the other, in panels side by side: a group for each thing that was measured, in
/// each a bar for each contender, in a panel for each quantity.
///
/// @param title what is shown
/// @param subtitle on what and when it was measured
/// @param series the contenders
public record BarChart(String title, String subtitle, List<String> series, List<Panel> panels) {
    public BarChart {
        series = List.copyOf(series);
        panels = List.copyOf(panels);
        for (Panel panel : panels) {
            for (Group group : panel.groups()) {
                if (group.bars().size() != series.size()) {
                    throw new IllegalArgumentException(
                            group.name() + " has " + group.bars().size() + " bars for " + series.size() + " series");
                }
            }
        }
    }

    /// One quantity.
    ///
    /// @param axis the quantity and its unit
    /// @param logarithmic whether equal factors are equal lengths; all values must then be above 0
    /// @param reference a value that bars are to be compared with
    public record Panel(String axis, boolean logarithmic, OptionalDouble reference, List<Group> groups) {
        public Panel {
            groups = List.copyOf(groups);
        }
    }

    /// @param bars one for each of the series
    public record Group(String name, List<Bar> bars) {
        public Group {
            bars = List.copyOf(bars);
        }
    }

    /// @param value its length; NaN leaves only the label
    /// @param low where the line begins that shows the spread; the value where there is none
    /// @param high where it ends
    /// @param label what is written at its end
    public record Bar(double value, double low, double high, String label) {
        public Bar(double value, String label) {
            this(value, value, value, label);
        }

        /// What stands in the place of a bar that was not measured.
        public static Bar none(String label) {
            return new Bar(Double.NaN, label);
        }

        boolean isThere() {
            return !Double.isNaN(value);
        }
    }

    /// The chart as a file of its own.
    public String svg() {
        return new BarChartSvg(this).draw();
    }
}
