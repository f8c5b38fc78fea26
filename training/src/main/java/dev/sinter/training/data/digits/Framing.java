package dev.sinter.training.data.digits;

import java.util.List;

/// Where a digit lies in its picture, as MNIST has it: it fills a box of 20x20 pixels, keeping its proportions, and the
/// box lies in 28x28 pixels so that the ink's centre of mass is in the middle, to the nearest pixel.
///
/// Source: <http://yann.lecun.com/exdb/mnist/>
final class Framing {
    static final int BOX = 20;
    static final int SIDE = 28;

    private Framing() {}

    /// The lines scaled to the box and put into its middle.
    ///
    /// @param margin the room to leave on each side for the lines' width
    static List<List<Point>> fit(List<List<Point>> lines, double margin) {
        double left =
                lines.stream().flatMap(List::stream).mapToDouble(Point::x).min().orElseThrow();
        double right =
                lines.stream().flatMap(List::stream).mapToDouble(Point::x).max().orElseThrow();
        double top =
                lines.stream().flatMap(List::stream).mapToDouble(Point::y).min().orElseThrow();
        double bottom =
                lines.stream().flatMap(List::stream).mapToDouble(Point::y).max().orElseThrow();
        double scale = (BOX - 2 * margin) / Math.max(right - left, bottom - top);
        return lines.stream()
                .map(line -> line.stream()
                        .map(point -> new Point(
                                BOX / 2.0 + (point.x() - (left + right) / 2) * scale,
                                BOX / 2.0 + (point.y() - (top + bottom) / 2) * scale))
                        .toList())
                .toList();
    }

    /// The picture, in whole steps from 0 (paper) to 255 (ink).
    ///
    /// @param box `[20, 20]`, each pixel from 0 to 1
    static float[] centred(double[] box) {
        double ink = 0;
        double xMoment = 0;
        double yMoment = 0;
        for (int i = 0; i < box.length; i++) {
            ink += box[i];
            int row = i / BOX;
            xMoment += box[i] * (i % BOX + 0.5);
            yMoment += box[i] * (row + 0.5);
        }
        int left = offset(xMoment / ink);
        int top = offset(yMoment / ink);
        float[] picture = new float[SIDE * SIDE];
        for (int i = 0; i < box.length; i++) {
            picture[(top + i / BOX) * SIDE + left + i % BOX] = Math.round(255 * box[i]);
        }
        return picture;
    }

    /// Where the box begins; never outside the picture, however uneven the ink is.
    private static int offset(double centre) {
        return Math.clamp(Math.round(SIDE / 2.0 - centre), 0, SIDE - BOX);
    }
}
