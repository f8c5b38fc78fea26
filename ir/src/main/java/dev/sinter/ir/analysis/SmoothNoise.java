package dev.sinter.ir.analysis;

import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.Arrays;

/// Random numbers on a coarse lattice with straight lines between them ("value noise"): neighbouring pixels are alike,
/// as they are in photographs. White noise moved by one pixel would be another picture altogether.
///
/// @param faded whether it goes to zero towards the edges
record SmoothNoise(TensorType type, long seed, boolean faded) implements MovablePicture {
    /// Pixels between two lattice points.
    private static final long CELL = 6;

    /// The lattice's extent, beyond which it repeats. Larger than any picture's share of lattice points would be best,
    /// but this is enough for what looks at parts of it.
    private static final long LATTICE = 64;

    /// The share of an extent at each edge over which a faded picture goes to zero, and the least of it that is zero.
    private static final double FADE = 0.25;

    @Override
    public Tensor moved(long... by) {
        Shape shape = type.shape();
        int dimensions = shape.rank() - 2;
        float[] lattice = lattice(shape.dim(0) * shape.dim(1), dimensions);
        long latticeSize = lattice.length / (shape.dim(0) * shape.dim(1));
        Tensor tensor = Tensor.allocate(type);
        long places = shape.elements() / (shape.dim(0) * shape.dim(1));
        long[] at = new long[dimensions];
        for (long i = 0; i < shape.elements(); i++) {
            long rest = i % places;
            for (int axis = dimensions - 1; axis >= 0; axis--) {
                at[axis] = rest % shape.dim(axis + 2) - by[axis];
                rest /= shape.dim(axis + 2);
            }
            double value = between(lattice, i / places * latticeSize, at, 0);
            tensor.set(i, faded ? value * fading(at, shape) : value);
        }
        return tensor;
    }

    private float[] lattice(long planes, int dimensions) {
        long[] dims = new long[dimensions + 1];
        Arrays.fill(dims, LATTICE);
        dims[0] = planes;
        return RandomTensors.normal(TensorType.float32(dims), 0, 1, seed).toFloats();
    }

    private static double between(float[] lattice, long start, long[] at, int axis) {
        if (axis == at.length) {
            return lattice[(int) start];
        }
        long cell = Math.floorDiv(at[axis], CELL);
        double part = (double) Math.floorMod(at[axis], CELL) / CELL;
        long stride = 1;
        for (int inner = axis + 1; inner < at.length; inner++) {
            stride *= LATTICE;
        }
        double before = between(lattice, start + Math.floorMod(cell, LATTICE) * stride, at, axis + 1);
        return part == 0
                ? before
                : before
                        + part
                                * (between(lattice, start + Math.floorMod(cell + 1, LATTICE) * stride, at, axis + 1)
                                        - before);
    }

    private static double fading(long[] at, Shape shape) {
        double factor = 1;
        for (int axis = 0; axis < at.length; axis++) {
            double extent = shape.dim(axis + 2);
            double edge = Math.min(at[axis], extent - 1 - at[axis]);
            // Zero over the outer half of the band: that far it can be moved and nothing is lost.
            double share = (edge / extent - FADE / 2) / (FADE / 2);
            factor *= Math.clamp(share, 0, 1);
        }
        return factor;
    }
}
