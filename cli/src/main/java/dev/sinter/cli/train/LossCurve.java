package dev.sinter.cli.train;

import dev.sinter.cli.chart.SvgText;
import dev.sinter.training.EpochReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// The loss of each step and of each epoch's validation, drawn as SVG. The loss is on a logarithmic scale: it falls by
/// factors, soon at first and then slowly.
final class LossCurve {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 400;
    private static final int LEFT = 60;
    private static final int RIGHT = 20;
    private static final int TOP = 40;
    private static final int BOTTOM = 50;
    private static final int TITLE = 22;
    private static final int MOST_POINTS = 600;
    private static final String TRAINING = SvgText.series(0);
    private static final String VALIDATION = SvgText.series(1);

    private final List<Double> steps = new ArrayList<>();
    private long stepsBefore;

    /// Takes note of a step's loss. Of what was trained before the first of them only epochs are known.
    ///
    /// @param step counted from 1, one more than at the last call
    void add(long step, double loss) {
        stepsBefore = steps.isEmpty() ? step - 1 : stepsBefore;
        steps.add(loss);
    }

    private record Point(double step, double loss) {}

    /// @param title stands above the curve
    String svg(String title, List<EpochReport> epochs) {
        List<Point> validation = points(epochs, EpochReport::validationLoss);
        List<Point> training = Stream.concat(
                        points(epochs, EpochReport::loss).stream()
                                .filter(point -> steps.isEmpty() || point.step() <= stepsBefore),
                        smoothed().stream())
                .toList();
        double lastStep = Math.max(
                1,
                epochs.isEmpty() ? stepsBefore + steps.size() : epochs.getLast().step());
        Scale scale = Scale.over(training, validation);
        SvgText svg = new SvgText();
        svg.text("title", LEFT, TITLE, title);
        grid(svg, scale, lastStep, epochs);
        svg.curve(TRAINING, placed(training, scale, lastStep));
        svg.curve(VALIDATION + " thick", placed(validation, scale, lastStep));
        svg.text(TRAINING + " end", WIDTH - RIGHT, TOP + 14, "training loss");
        if (!validation.isEmpty()) {
            svg.text(VALIDATION + " end", WIDTH - RIGHT, TOP + 30, "validation loss");
        }
        return svg.document(WIDTH, HEIGHT, title);
    }

    private static List<SvgText.Point> placed(List<Point> points, Scale scale, double lastStep) {
        return points.stream()
                .map(point -> new SvgText.Point(x(point.step(), lastStep), scale.y(point.loss())))
                .toList();
    }

    private List<Point> smoothed() {
        List<Point> points = new ArrayList<>();
        int width = Math.max(1, Math.ceilDiv(steps.size(), MOST_POINTS));
        for (int first = 0; first < steps.size(); first += width) {
            int until = Math.min(steps.size(), first + width);
            double mean = steps.subList(first, until).stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElse(0);
            points.add(new Point(stepsBefore + (first + until) / 2.0, mean));
        }
        return points;
    }

    private static List<Point> points(List<EpochReport> epochs, ToDoubleFunction<EpochReport> loss) {
        return epochs.stream()
                .filter(epoch -> Double.isFinite(loss.applyAsDouble(epoch)))
                .map(epoch -> new Point(epoch.step(), loss.applyAsDouble(epoch)))
                .toList();
    }

    /// From a round number up to the smallest loss to one from the largest on: 1, 2 or 5 times a power of ten.
    private record Scale(List<Double> marks) {
        private static final double SMALLEST = 1e-6;

        static Scale over(List<Point> training, List<Point> validation) {
            double[] losses = Stream.concat(training.stream(), validation.stream())
                    .mapToDouble(point -> Math.max(SMALLEST, point.loss()))
                    .toArray();
            double low = DoubleStream.of(losses).min().orElse(0.1);
            double high = DoubleStream.of(losses).max().orElse(1);
            List<Double> marks = new ArrayList<>();
            for (int power = (int) Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
                for (double digit : new double[] {1, 2, 5}) {
                    marks.add(digit * Math.pow(10, power));
                }
            }
            while (marks.size() > 2 && marks.get(1) <= low) {
                marks.removeFirst();
            }
            while (marks.size() > 2 && marks.get(marks.size() - 2) >= high) {
                marks.removeLast();
            }
            return new Scale(marks);
        }

        double y(double loss) {
            double bottom = Math.log10(marks.getFirst());
            double share = (Math.log10(Math.max(SMALLEST, loss)) - bottom) / (Math.log10(marks.getLast()) - bottom);
            return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share;
        }
    }

    private static double x(double step, double lastStep) {
        return LEFT + (WIDTH - LEFT - RIGHT) * step / lastStep;
    }

    private static void grid(SvgText svg, Scale scale, double lastStep, List<EpochReport> epochs) {
        for (double loss : scale.marks()) {
            double y = scale.y(loss);
            svg.line("grid", LEFT, y, WIDTH - RIGHT, y);
            svg.text("muted end", LEFT - 6, y + 4, String.valueOf((float) loss));
        }
        int every = Math.max(1, Math.ceilDiv(epochs.size(), 10));
        for (EpochReport epoch : epochs) {
            if (epoch.epoch() % every == 0) {
                svg.text(
                        "muted middle", x(epoch.step(), lastStep), HEIGHT - BOTTOM + 18, String.valueOf(epoch.epoch()));
            }
        }
        svg.text("ink middle", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "epoch");
    }
}
