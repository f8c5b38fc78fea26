package dev.sinter.cli.train;

import dev.sinter.training.EpochReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// The loss of each step and of each epoch's validation, drawn as SVG.
public final class LossCurve {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 400;
    private static final int LEFT = 60;
    private static final int RIGHT = 20;
    private static final int TOP = 40;
    private static final int BOTTOM = 50;
    private static final int MOST_POINTS = 600;

    private final List<Double> steps = new ArrayList<>();

    /// Takes note of a step's loss.
    public void add(double loss) {
        steps.add(loss);
    }

    private record Point(double step, double loss) {}

    /// @param title stands above the curve
    public String svg(String title, List<EpochReport> epochs) {
        List<Point> batches = smoothed();
        List<Point> validation = points(epochs, EpochReport::validationLoss);
        List<Point> training = batches.isEmpty() ? points(epochs, EpochReport::loss) : batches;
        double lastStep =
                Math.max(1, epochs.isEmpty() ? steps.size() : epochs.getLast().step());
        double top = niceAbove(Math.max(largest(training), largest(validation)));
        StringBuilder svg = new StringBuilder();
        svg.append(text(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">\n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n",
                WIDTH, HEIGHT));
        svg.append(text(
                "<text x=\"%d\" y=\"22\" font-size=\"15\">%s</text>\n",
                LEFT, title.replace("&", "&amp;").replace("<", "&lt;")));
        grid(svg, top, lastStep, epochs);
        line(svg, training, "#7a9cc6", 1.2, top, lastStep);
        line(svg, validation, "#c0392b", 2.2, top, lastStep);
        legend(svg, !validation.isEmpty());
        return svg.append("</svg>\n").toString();
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
            points.add(new Point((first + until) / 2.0, mean));
        }
        return points;
    }

    private static List<Point> points(List<EpochReport> epochs, ToDoubleFunction<EpochReport> loss) {
        return epochs.stream()
                .filter(epoch -> Double.isFinite(loss.applyAsDouble(epoch)))
                .map(epoch -> new Point(epoch.step(), loss.applyAsDouble(epoch)))
                .toList();
    }

    private static double largest(List<Point> points) {
        return points.stream().mapToDouble(Point::loss).max().orElse(0);
    }

    /// The next of 1, 2, 5 times a power of ten.
    private static double niceAbove(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-6))));
        for (double digit : new double[] {1, 2, 5}) {
            if (digit * power >= value) {
                return digit * power;
            }
        }
        return 10 * power;
    }

    private static double x(double step, double lastStep) {
        return LEFT + (WIDTH - LEFT - RIGHT) * step / lastStep;
    }

    private static double y(double loss, double top) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * loss / top;
    }

    private static void grid(StringBuilder svg, double top, double lastStep, List<EpochReport> epochs) {
        for (int part = 0; part <= 5; part++) {
            double loss = top * part / 5;
            double y = y(loss, top);
            svg.append(text(
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>"
                            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n",
                    LEFT, WIDTH - RIGHT, y, y, LEFT - 6, y + 4, text("%.3g", loss)));
        }
        int every = Math.max(1, Math.ceilDiv(epochs.size(), 10));
        for (EpochReport epoch : epochs) {
            if (epoch.epoch() % every == 0) {
                svg.append(text(
                        "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>\n",
                        x(epoch.step(), lastStep), HEIGHT - BOTTOM + 18, epoch.epoch()));
            }
        }
        svg.append(text(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">epoch</text>\n",
                (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12));
    }

    private static void line(
            StringBuilder svg, List<Point> points, String colour, double width, double top, double lastStep) {
        if (points.isEmpty()) {
            return;
        }
        svg.append(text("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\" points=\"", colour, width));
        points.forEach(point -> svg.append(text("%.1f,%.1f ", x(point.step(), lastStep), y(point.loss(), top))));
        svg.append("\"/>\n");
    }

    private static void legend(StringBuilder svg, boolean validated) {
        svg.append(text(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#7a9cc6\">training loss</text>\n",
                WIDTH - RIGHT, TOP + 14));
        if (validated) {
            svg.append(text(
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#c0392b\">validation loss</text>\n",
                    WIDTH - RIGHT, TOP + 30));
        }
    }

    // The annotation it asks for would be one more dependency.
    @SuppressWarnings("AnnotateFormatMethod")
    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
