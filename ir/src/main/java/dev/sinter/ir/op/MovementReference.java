package dev.sinter.ir.op;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// The oracle for operators that move elements and change none: bounds go along, integers keep their bits.
final class MovementReference {
    private static final long OUTSIDE = -1;

    private MovementReference() {}

    /// The same elements in the same order, whatever the shapes.
    static void copy(List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.getFirst();
        TensorView y = outputs.getFirst();
        Sweep.elements(y.type().shape().elements(), i -> move(x, i, y, i));
    }

    static void concat(Concat op, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView y = outputs.getFirst();
        Shape joined = y.type().shape();
        int along = joined.normaliseAxis(op.axis());
        long inner = along == joined.rank() - 1 ? 1 : joined.strides()[along];
        long outputRun = joined.dim(along) * inner;
        long offset = 0;
        for (TensorView x : inputs) {
            long run = x.type().shape().dim(along) * inner;
            long begin = offset;
            Sweep.elements(x.type().shape().elements(), i -> move(x, i, y, i / run * outputRun + begin + i % run));
            offset += run;
        }
    }

    static void transpose(Transpose op, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.getFirst();
        TensorView y = outputs.getFirst();
        long[] strides = x.type().shape().strides();
        long[] permuted = op.permutation().stream()
                .mapToLong(axis -> strides[axis.intValue()])
                .toArray();
        StridedIndex source = new StridedIndex(y.type().shape(), permuted);
        Sweep.elements(y.type().shape().elements(), i -> move(x, source.at(i), y, i));
    }

    static void pad(Pad op, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.getFirst();
        TensorView y = outputs.getFirst();
        Shape padded = y.type().shape();
        long[] strides = x.type().shape().strides();
        long[][] sources = new long[padded.rank()][];
        for (int axis = 0; axis < padded.rank(); axis++) {
            sources[axis] = sources(op, axis, x.type().shape().dim(axis), padded.dim(axis));
        }
        TensorView outside = TensorView.of(Tensor.filled(TensorType.of(y.type().element()), op.value()));
        Sweep.elements(padded.elements(), i -> {
            long rest = i;
            long place = 0;
            for (int axis = padded.rank() - 1; axis >= 0; axis--) {
                long source = sources[axis][(int) (rest % padded.dim(axis))];
                rest /= padded.dim(axis);
                place = source == OUTSIDE || place == OUTSIDE ? OUTSIDE : place + source * strides[axis];
            }
            if (place == OUTSIDE) {
                move(outside, 0, y, i);
            } else {
                move(x, place, y, i);
            }
        });
    }

    /// For every coordinate of the output along `axis` the input's, or OUTSIDE.
    private static long[] sources(Pad op, int axis, long extent, long paddedExtent) {
        long[] sources = new long[Math.toIntExact(paddedExtent)];
        for (int i = 0; i < sources.length; i++) {
            long at = i - op.pads().get(axis);
            sources[i] = switch (op.mode()) {
                case CONSTANT -> at < 0 || at >= extent ? OUTSIDE : at;
                case EDGE -> Math.clamp(at, 0, extent - 1);
                case REFLECT -> at < 0 ? -at : at >= extent ? 2 * (extent - 1) - at : at;
            };
        }
        return sources;
    }

    private static void move(TensorView from, long i, TensorView to, long j) {
        ElementType element = to.type().element();
        if (element.isFloating()) {
            to.set(j, from.value(i), from.bound(i));
        } else {
            to.setInteger(j, from.integer(i));
        }
    }
}
