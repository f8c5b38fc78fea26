package dev.sinter.training.data.digits;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// What the pen draws without being lifted: smooth pieces that meet at corners.
///
/// @param pieces the points that each piece passes through; each begins where the last one ended
record Stroke(List<List<Point>> pieces) {
    private static final int STEPS = 8;

    Stroke {
        pieces = pieces.stream().map(List::copyOf).toList();
        if (pieces.isEmpty() || pieces.stream().anyMatch(piece -> piece.size() < 2)) {
            throw new IllegalArgumentException("each piece of " + pieces + " must have at least 2 points");
        }
    }

    /// The same stroke with its points moved. A corner stays one corner, however random the move is.
    Stroke moved(UnaryOperator<Point> move) {
        List<List<Point>> moved = new ArrayList<>();
        Point corner = move.apply(pieces.getFirst().getFirst());
        for (List<Point> piece : pieces) {
            List<Point> points = new ArrayList<>(List.of(corner));
            piece.subList(1, piece.size()).forEach(point -> points.add(move.apply(point)));
            corner = points.getLast();
            moved.add(points);
        }
        return new Stroke(moved);
    }

    /// The stroke as short straight lines, along Catmull and Rom's cubic (1974) through the points of each piece.
    List<Point> line() {
        List<Point> line = new ArrayList<>();
        for (List<Point> piece : pieces) {
            for (int i = 0; i + 1 < piece.size(); i++) {
                Point from = piece.get(i);
                Point to = piece.get(i + 1);
                Point before = i > 0 ? piece.get(i - 1) : from;
                Point after = i + 2 < piece.size() ? piece.get(i + 2) : to;
                for (int step = 0; step < STEPS; step++) {
                    line.add(onCurve(before, from, to, after, (double) step / STEPS));
                }
            }
        }
        line.add(pieces.getLast().getLast());
        return line;
    }

    private static Point onCurve(Point before, Point from, Point to, Point after, double t) {
        return new Point(
                cubic(before.x(), from.x(), to.x(), after.x(), t), cubic(before.y(), from.y(), to.y(), after.y(), t));
    }

    private static double cubic(double before, double from, double to, double after, double t) {
        double slope = (to - before) / 2;
        double nextSlope = (after - from) / 2;
        double square = 3 * (to - from) - 2 * slope - nextSlope;
        double cube = 2 * (from - to) + slope + nextSlope;
        return ((cube * t + square) * t + slope) * t + from;
    }
}
