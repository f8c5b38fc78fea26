package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.ElementaryFunctions;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import java.util.List;

/// The oracle for softmax: largest element, differences, exponentials, their sum, quotients.
public final class SoftmaxReference {
    private SoftmaxReference() {}

    public static void evaluate(long axis, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.getFirst();
        TensorView y = outputs.getFirst();
        Shape shape = y.type().shape();
        int along = shape.normaliseAxis(axis);
        long extent = shape.dim(along);
        if (extent == 0) {
            return;
        }
        long stride = shape.strides()[along];
        Arithmetic arithmetic = new Arithmetic(rounding, y.type().element());
        ParallelLoop.units(shape.elements() / extent, row -> {
            long first = row / stride * stride * extent + row % stride;
            row(arithmetic, x, y, first, stride, (int) extent);
        });
    }

    private static void row(Arithmetic arithmetic, TensorView x, TensorView y, long first, long stride, int extent) {
        ElementaryFunctions functions = new ElementaryFunctions(arithmetic);
        Bounded max = Bounded.exact(Double.NEGATIVE_INFINITY);
        for (int i = 0; i < extent; i++) {
            max = max.max(x.get(first + i * stride));
        }
        Bounded[] exponentials = new Bounded[extent];
        double total = 0;
        double spread = 0;
        double magnitude = 0;
        for (int i = 0; i < extent; i++) {
            Bounded exponential = functions.exp(arithmetic.minus(x.get(first + i * stride), max));
            exponentials[i] = exponential;
            total += exponential.value();
            spread += exponential.bound();
            magnitude += exponential.magnitude();
        }
        Bounded sum = arithmetic.sum(total, spread, magnitude, extent, i -> exponentials[(int) i].value());
        for (int i = 0; i < extent; i++) {
            y.set(first + i * stride, arithmetic.stored(arithmetic.dividedBy(exponentials[i], sum)));
        }
    }

    public static void crossEntropy(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.get(0);
        TensorView targets = inputs.get(1);
        TensorView y = outputs.getFirst();
        int classes = Math.toIntExact(x.type().shape().dim(1));
        Arithmetic arithmetic = new Arithmetic(rounding, y.type().element());
        ElementaryFunctions functions = new ElementaryFunctions(arithmetic);
        ParallelLoop.units(y.type().shape().elements(), row -> {
            long first = row * classes;
            Bounded max = Bounded.exact(Double.NEGATIVE_INFINITY);
            for (int i = 0; i < classes; i++) {
                max = max.max(x.get(first + i));
            }
            Total exponentials = new Total();
            Total products = new Total();
            for (int i = 0; i < classes; i++) {
                Bounded below = arithmetic.minus(x.get(first + i), max);
                exponentials.add(functions.exp(below));
                products.add(arithmetic.times(targets.get(first + i), below));
            }
            Bounded logarithm = functions.log(exponentials.sum(arithmetic, classes));
            y.set(row, arithmetic.stored(arithmetic.minus(logarithm, products.sum(arithmetic, classes))));
        });
    }

    private static final class Total {
        private double value;
        private double spread;
        private double magnitude;

        void add(Bounded term) {
            value += term.value();
            spread += term.bound();
            magnitude += term.magnitude();
        }

        Bounded sum(Arithmetic arithmetic, int terms) {
            return arithmetic.sum(value, spread, magnitude, terms);
        }
    }
}
