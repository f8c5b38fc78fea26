package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Window;
import java.util.stream.Stream;

/// The oracle for columns that become an image again: it walks over windows and their points, as whoever made the
/// columns did, and adds to the image what it finds.
public final class ColumnsReference {
    private ColumnsReference() {}

    public static void evaluate(Window window, Shape windows, Rounding rounding, TensorView columns, TensorView image) {
        Shape shape = image.type().shape();
        long planes = shape.dim(0) * shape.dim(1);
        if (shape.elements() == 0) {
            return;
        }
        int perPlane = Math.toIntExact(shape.elements() / planes);
        long positions = windows.elements() / planes;
        ParallelLoop.units(planes, plane -> {
            Sums sums = new Sums(perPlane);
            for (long point = 0; point < window.points(); point++) {
                for (long position = 0; position < positions; position++) {
                    int element = element(window, windows, shape, point, position);
                    if (element >= 0) {
                        sums.add(element, columns, (plane * window.points() + point) * positions + position);
                    }
                }
            }
            sums.write(rounding, image, plane * perPlane);
        });
    }

    /// Which element of a plane a window's point stands on, or -1.
    private static int element(Window window, Shape windows, Shape image, long point, long position) {
        long element = 0;
        long stride = 1;
        long restPoint = point;
        long restPosition = position;
        for (int axis = window.rank() - 1; axis >= 0; axis--) {
            long k = restPoint % window.kernel().get(axis);
            long e = restPosition % windows.dim(axis + 2);
            restPoint /= window.kernel().get(axis);
            restPosition /= windows.dim(axis + 2);
            long at = e * window.strides().get(axis) + k * window.dilations().get(axis) - window.padBegin(axis);
            if (at < 0 || at >= image.dim(axis + 2)) {
                return -1;
            }
            element += at * stride;
            stride *= image.dim(axis + 2);
        }
        return (int) element;
    }

    private static final class Sums {
        private final double[] values;
        private final double[] spreads;
        private final double[] magnitudes;
        private final IntegerTensor.Sum[] integers;
        private final int[] terms;

        Sums(int elements) {
            values = new double[elements];
            spreads = new double[elements];
            magnitudes = new double[elements];
            integers = Stream.generate(IntegerTensor.Sum::new).limit(elements).toArray(IntegerTensor.Sum[]::new);
            terms = new int[elements];
        }

        void add(int element, TensorView from, long i) {
            terms[element]++;
            if (!from.type().element().isFloating()) {
                integers[element].add(from, i);
                return;
            }
            values[element] += from.value(i);
            spreads[element] += from.bound(i);
            magnitudes[element] += Math.abs(from.value(i)) + from.bound(i);
        }

        void write(Rounding rounding, TensorView image, long first) {
            if (!image.type().element().isFloating()) {
                for (int i = 0; i < integers.length; i++) {
                    integers[i].store(image, first + i);
                }
                return;
            }
            Arithmetic arithmetic = new Arithmetic(rounding, image.type().element());
            for (int i = 0; i < values.length; i++) {
                image.set(first + i, arithmetic.stored(arithmetic.sum(values[i], spreads[i], magnitudes[i], terms[i])));
            }
        }
    }
}
