package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;

/// The oracle for running sums: one pass along each row.
public final class CumulativeSumReference {
    private CumulativeSumReference() {}

    public static void evaluate(
            int axis, boolean exclusive, boolean reverse, Rounding rounding, TensorView x, TensorView y) {
        Shape shape = x.type().shape();
        long extent = shape.dim(axis);
        if (extent == 0) {
            return;
        }
        long stride = shape.strides()[axis];
        ParallelLoop.units(shape.elements() / extent, row -> {
            long first = row / stride * stride * extent + row % stride;
            Row along = new Row(reverse ? first + (extent - 1) * stride : first, reverse ? -stride : stride, extent);
            if (y.type().element().isFloating()) {
                along.sum(new Arithmetic(rounding, y.type().element()), exclusive, x, y);
            } else {
                along.sumIntegers(exclusive, x, y);
            }
        });
    }

    /// Elements in the order in which they are added up.
    private record Row(long first, long step, long extent) {
        long at(long i) {
            return first + i * step;
        }

        void sum(Arithmetic arithmetic, boolean exclusive, TensorView x, TensorView y) {
            double sum = 0;
            double spread = 0;
            double magnitude = 0;
            for (long i = 0; i < extent; i++) {
                long terms = exclusive ? i : i + 1;
                if (exclusive) {
                    y.set(at(i), arithmetic.stored(total(arithmetic, x, sum, spread, magnitude, terms)));
                }
                sum += x.value(at(i));
                spread += x.bound(at(i));
                magnitude += Math.abs(x.value(at(i))) + x.bound(at(i));
                if (!exclusive) {
                    y.set(at(i), arithmetic.stored(total(arithmetic, x, sum, spread, magnitude, terms)));
                }
            }
        }

        private Bounded total(
                Arithmetic arithmetic, TensorView x, double sum, double spread, double magnitude, long terms) {
            return arithmetic.sum(sum, spread, magnitude, terms, i -> x.value(at(i)));
        }

        void sumIntegers(boolean exclusive, TensorView x, TensorView y) {
            IntegerTensor.Sum sum = new IntegerTensor.Sum();
            for (long i = 0; i < extent; i++) {
                if (exclusive) {
                    sum.store(y, at(i));
                }
                sum.add(x, at(i));
                if (!exclusive) {
                    sum.store(y, at(i));
                }
            }
        }
    }
}
