package dev.sinter.frontend.onnx.node;

import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Reductions of known integers, as in the arithmetic on shapes.
public enum KnownReduction {
    SUM(0),
    PRODUCT(1),
    MAX(Long.MIN_VALUE);

    private final long ofNothing;

    KnownReduction(long ofNothing) {
        this.ofNothing = ofNothing;
    }

    private long combine(long a, long b) {
        return switch (this) {
            case SUM -> a + b;
            case PRODUCT -> a * b;
            case MAX -> Math.max(a, b);
        };
    }

    /// @param axes counted from the front
    public Tensor of(OnnxNode node, Tensor x, List<Long> axes, boolean keepDims) {
        Shape kept = x.shape();
        for (long axis : axes) {
            kept = kept.with((int) axis, 1);
        }
        Tensor result = node.allocate(x.type().withShape(kept));
        for (long i = 0; i < kept.elements(); i++) {
            result.setLong(i, ofNothing);
        }
        long[] from = x.shape().strides();
        long[] to = kept.strides();
        for (long i = 0; i < x.shape().elements(); i++) {
            long target = 0;
            for (int axis = 0; axis < from.length; axis++) {
                long coordinate = i / from[axis] % x.shape().dim(axis);
                target += axes.contains((long) axis) ? 0 : coordinate * to[axis];
            }
            result.setLong(target, combine(result.getLong(target), x.getLong(i)));
        }
        if (keepDims) {
            return result;
        }
        List<Long> dims = new ArrayList<>(x.shape().dims());
        axes.stream().sorted(Comparator.reverseOrder()).forEach(axis -> dims.remove(axis.intValue()));
        return result.reshaped(new Shape(dims));
    }
}
