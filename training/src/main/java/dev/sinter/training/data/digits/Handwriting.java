package dev.sinter.training.data.digits;

import dev.sinter.training.data.RandomNumbers;
import java.util.ArrayList;
import java.util.List;

/// How one hand, in one moment, departs from the copybook. Lengths are on the copybook's scale, on which a digit is 100
/// high.
///
/// @param unsteadiness by how much points miss their place, as a standard deviation
/// @param waistX by how much the middle moves to the right; negative: to the left
/// @param waistY by how much it moves down
/// @param bow by how much the middle of a digit bends to the right of its ends
/// @param width how wide the digit is for its height
/// @param slant how far to the right the top leans, per height
/// @param turn in radians
/// @param trim the share of a stroke that may be missing at each end
/// @param waves how the whole is warped
record Handwriting(
        double unsteadiness,
        double waistX,
        double waistY,
        double bow,
        double width,
        double slant,
        double turn,
        double trim,
        Waves waves) {
    static Handwriting random(RandomNumbers random) {
        return new Handwriting(
                random.between(0.5, 5.5),
                random.normal(0, 7),
                random.normal(0, 7),
                random.normal(0, 4),
                StrictMath.exp(random.normal(0.03, 0.22)),
                random.normal(0, 0.26),
                random.normal(0, 0.1),
                random.between(0, 0.07),
                Waves.random(random));
    }

    /// The lines that this hand draws for a style.
    List<List<Point>> write(Style style, RandomNumbers random) {
        List<List<Point>> lines = new ArrayList<>();
        for (Stroke stroke : style.strokes()) {
            List<Point> line = stroke.moved(point -> missed(point, random)).line();
            lines.add(trimmed(line, random).stream().map(this::bent).toList());
        }
        return lines;
    }

    private Point missed(Point point, RandomNumbers random) {
        return new Point(random.normal(point.x(), unsteadiness), random.normal(point.y(), unsteadiness));
    }

    private List<Point> trimmed(List<Point> line, RandomNumbers random) {
        int start = (int) (line.size() * random.between(0, trim));
        int end = line.size() - (int) (line.size() * random.between(0, trim));
        return line.subList(start, end);
    }

    private Point bent(Point point) {
        Point waved = waves.moved(point);
        double x = waved.x() + waistX * hump(waved.x() / 80) + bow * hump(waved.y() / 100);
        double y = waved.y() + waistY * hump(waved.y() / 100);
        double leaning = width * x - slant * y;
        double cos = StrictMath.cos(turn);
        double sin = StrictMath.sin(turn);
        return new Point(cos * leaning - sin * y, sin * leaning + cos * y);
    }

    /// 0 at 0 and 1, 1 between them, and 0 outside, where the pen should not run off.
    private static double hump(double t) {
        return Math.max(0, 4 * t * (1 - t));
    }
}
