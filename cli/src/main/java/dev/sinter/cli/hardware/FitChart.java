package dev.sinter.cli.hardware;

import dev.sinter.backend.fpga.Fit;
import dev.sinter.backend.fpga.Use;
import dev.sinter.cli.chart.SvgText;
import dev.sinter.cli.terminal.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Draws how fast a network is, by how much of a chip it takes: both axes logarithmic.
public final class FitChart {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 440;
    private static final int LEFT = 80;
    private static final int RIGHT = 24;
    private static final int TOP = 92;
    private static final int BOTTOM = 64;
    private static final double DOT = 7;

    private final List<Fit> points;
    private final SvgText svg = new SvgText();
    private final Axis shares;
    private final Axis speeds;

    /// A logarithmic axis.
    private record Axis(double from, double until) {
        /// A little longer than what lies on it.
        static Axis around(double least, double most) {
            return new Axis(least / 1.3, most * 1.3);
        }

        /// From 0 to 1.
        double place(double value) {
            return Math.log(value / from) / Math.log(until / from);
        }

        /// 1, 2 and 5 times powers of ten.
        List<Double> marks() {
            List<Double> marks = new ArrayList<>();
            for (double power = Math.pow(10, Math.floor(Math.log10(from))); power <= until; power *= 10) {
                for (double mark : new double[] {power, 2 * power, 5 * power}) {
                    if (from <= mark && mark <= until) {
                        marks.add(mark);
                    }
                }
            }
            return marks;
        }
    }

    private FitChart(List<Fit> points) {
        this.points = points;
        this.shares = Axis.around(
                Math.min(1, points.stream().mapToDouble(FitChart::share).min().orElse(1)),
                Math.max(1, points.stream().mapToDouble(FitChart::share).max().orElse(1)));
        this.speeds = Axis.around(
                points.stream().mapToDouble(Fit::framesPerSecond).min().orElse(1),
                points.stream().mapToDouble(Fit::framesPerSecond).max().orElse(1));
    }

    /// @param points at least one
    public static String of(String model, String chip, List<Fit> points) {
        return new FitChart(points).draw(model, chip);
    }

    /// A chip that lacks something altogether is taken for one with one of it.
    private static double share(Fit point) {
        Use binding = point.binding();
        return Math.max(1e-3, (double) binding.used() / Math.max(1, binding.available()));
    }

    private double x(double share) {
        return LEFT + (WIDTH - LEFT - RIGHT) * shares.place(share);
    }

    private double y(double speed) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * speeds.place(speed);
    }

    private String draw(String model, String chip) {
        String title = model + " on " + chip;
        svg.text("title", LEFT, 30, title);
        svg.text("muted", LEFT, 50, "estimated before synthesis; left of the line it fits");
        for (double mark : shares.marks()) {
            svg.line("grid", x(mark), TOP, x(mark), HEIGHT - BOTTOM);
            svg.text("muted middle", x(mark), HEIGHT - BOTTOM + 18, number(100 * mark) + " %");
        }
        for (double mark : speeds.marks()) {
            svg.line("grid", LEFT, y(mark), WIDTH - RIGHT, y(mark));
            svg.text("muted end", LEFT - 8, y(mark) + 4, number(mark));
        }
        svg.line("reference", x(1), TOP, x(1), HEIGHT - BOTTOM);
        svg.text("ink middle", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 14, "of what is scarcest on the chip");
        svg.text("ink", LEFT - 60, TOP - 8, "frames a second");
        List<SvgText.Point> line = points.stream()
                .map(point -> new SvgText.Point(x(share(point)), y(point.framesPerSecond())))
                .toList();
        svg.curve(SvgText.series(0), line);
        for (int i = 0; i < points.size(); i++) {
            Fit point = points.get(i);
            SvgText.Point at = line.get(i);
            svg.rectangle(SvgText.series(point.fits() ? 0 : 1), at.x() - DOT / 2, at.y() - DOT / 2, DOT, DOT);
        }
        // Over all lines: where the last one that fits is, and both ends.
        for (int i = 0; i < points.size(); i++) {
            boolean turn = points.get(i).fits()
                    && (i + 1 == points.size() || !points.get(i + 1).fits());
            if (turn || i == 0 || i + 1 == points.size()) {
                label(points.get(i), line.get(i));
            }
        }
        return svg.document(WIDTH, HEIGHT, title);
    }

    private void label(Fit point, SvgText.Point at) {
        String text = Quantity.threeDigits(point.framesPerSecond()) + "/s, "
                + point.binding().name();
        boolean right = at.x() > WIDTH * 0.6;
        svg.text(right ? "label end" : "label", at.x() + (right ? -10 : 10), at.y() + (right ? -4 : 14), text);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 1 ? "%.1f" : "%,.0f", value);
    }
}
