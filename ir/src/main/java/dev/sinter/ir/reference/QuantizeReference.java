package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import java.util.List;

/// The oracle for numbers that are rounded to integers and limited: any integer that the operands' bounds allow may
/// come out.
public final class QuantizeReference {
    private QuantizeReference() {}

    public static void evaluate(long least, long most, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.getFirst();
        TensorView y = outputs.getFirst();
        Shape shape = y.type().shape();
        boolean shifts = inputs.size() == 2;
        StridedIndex place =
                StridedIndex.broadcast(shifts ? inputs.get(1).type().shape() : Shape.of(), shape);
        ParallelLoop.elements(shape.elements(), i -> {
            Bounded zero = shifts ? inputs.get(1).get(place.at(i)) : Bounded.exact(0);
            Bounded number = x.get(i);
            long value = limited(number.value(), zero.value(), least, most);
            if (number.bound() == 0 && zero.bound() == 0 || Double.isNaN(number.bound())) {
                y.setInteger(i, value);
            } else if (number.isUnknown() || zero.isUnknown()) {
                y.setInteger(i, value, (double) most - least);
            } else {
                long low = limited(number.value() - number.bound(), zero.value() - zero.bound(), least, most);
                long high = limited(number.value() + number.bound(), zero.value() + zero.bound(), least, most);
                y.setInteger(i, value, Math.max(high - value, value - low));
            }
        });
    }

    private static long limited(double x, double zero, long least, long most) {
        double shifted = Math.rint(x) + zero;
        return Math.clamp(Double.isNaN(shifted) ? 0 : (long) Math.clamp(shifted, -0x1p62, 0x1p62), least, most);
    }
}
