package dev.sinter.training.data.digits;

import dev.sinter.training.data.RandomNumbers;
import java.util.List;

/// Draws lines as grey pixels: the ink of a pixel follows from the distance of its middle to the nearest line. Lengths
/// are in pixels.
///
/// @param radius half the width of a line
/// @param softness how wide the edge is over which ink fades
/// @param startPressure what the radius is multiplied by where a line begins
/// @param endPressure and where it ends
/// @param roughness by how much the radius differs from place to place, as a share
/// @param ink how dark a line is in its middle; more than 1 is as dark as paper gets, and its edges are harder
/// @param grain by how much pixels' ink differs, as a share
record Pen(
        double radius,
        double softness,
        double startPressure,
        double endPressure,
        double roughness,
        double ink,
        double grain) {
    static Pen random(RandomNumbers random) {
        return new Pen(
                Math.clamp(StrictMath.exp(random.normal(0.1, 0.25)), 0.6, 2.1),
                random.between(0.9, 1.5),
                random.between(0.8, 1.2),
                random.between(0.75, 1.15),
                random.between(0, 0.25),
                random.between(1, 1.15),
                random.between(0, 0.08));
    }

    /// How far ink reaches from a line, roughness aside.
    double reach() {
        return radius * Math.max(startPressure, endPressure) + softness / 2;
    }

    /// A square of pixels, row-major, each from 0 (paper) to 1 (ink).
    double[] draw(List<List<Point>> lines, int side, RandomNumbers random) {
        double[] pixels = new double[side * side];
        for (List<Point> line : lines) {
            for (int i = 0; i + 1 < line.size(); i++) {
                double along = (i + 0.5) / (line.size() - 1);
                double pressure = startPressure + (endPressure - startPressure) * along;
                double pressed = radius * pressure * Math.max(0.5, random.normal(1, roughness));
                segment(line.get(i), line.get(i + 1), pressed, pixels, side);
            }
        }
        for (int i = 0; i < pixels.length; i++) {
            if (pixels[i] > 0) {
                pixels[i] = Math.clamp(pixels[i] * ink * random.normal(1, grain), 0, 1);
            }
        }
        return pixels;
    }

    private void segment(Point from, Point to, double pressed, double[] pixels, int side) {
        double reach = pressed + softness / 2;
        int left = first(Math.min(from.x(), to.x()) - reach);
        int right = end(Math.max(from.x(), to.x()) + reach, side);
        int top = first(Math.min(from.y(), to.y()) - reach);
        int bottom = end(Math.max(from.y(), to.y()) + reach, side);
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                double inside = pressed - distance(x + 0.5, y + 0.5, from, to);
                double ink = Math.clamp(0.5 + inside / softness, 0, 1);
                pixels[y * side + x] = Math.max(pixels[y * side + x], ink);
            }
        }
    }

    private static int first(double edge) {
        return Math.max(0, (int) Math.floor(edge));
    }

    private static int end(double edge, int side) {
        return Math.min(side, (int) Math.ceil(edge));
    }

    /// From a place to the nearest point between two others.
    private static double distance(double x, double y, Point from, Point to) {
        double dx = to.x() - from.x();
        double dy = to.y() - from.y();
        double square = dx * dx + dy * dy;
        double along = square == 0 ? 0 : Math.clamp(((x - from.x()) * dx + (y - from.y()) * dy) / square, 0, 1);
        double awayX = x - from.x() - along * dx;
        double awayY = y - from.y() - along * dy;
        return Math.sqrt(awayX * awayX + awayY * awayY);
    }
}
