package dev.sinter.training.data.digits;

import dev.sinter.training.data.RandomNumbers;

/// A smooth field of small displacements: one long wave across the paper for those along x, another for those along y.
///
/// @param height the largest displacement
/// @param xPhase where the wave for x begins, in radians
/// @param yPhase where the wave for y begins
/// @param xAngle which way the wave for x runs, in radians
/// @param yAngle which way the wave for y runs
/// @param perLength radians per length
record Waves(double height, double xPhase, double yPhase, double xAngle, double yAngle, double perLength) {
    static Waves random(RandomNumbers random) {
        double whole = 2 * Math.PI;
        return new Waves(
                random.between(0, 6),
                random.between(0, whole),
                random.between(0, whole),
                random.between(0, whole),
                random.between(0, whole),
                whole / random.between(60, 140));
    }

    Point moved(Point point) {
        return new Point(point.x() + at(point, xAngle, xPhase), point.y() + at(point, yAngle, yPhase));
    }

    private double at(Point point, double angle, double phase) {
        double along = point.x() * StrictMath.cos(angle) + point.y() * StrictMath.sin(angle);
        return height * StrictMath.sin(along * perLength + phase);
    }
}
