package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.IntegerTypes;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import java.util.List;

/// The oracle for changes of element type.
public final class CastReference {
    private CastReference() {}

    public static void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.getFirst();
        TensorView y = outputs.getFirst();
        ElementType from = x.type().element();
        ElementType to = y.type().element();
        long elements = y.type().shape().elements();
        if (to == ElementType.BOOL) {
            ParallelLoop.elements(elements, i -> truth(x, y, i));
        } else if (to.isFloating()) {
            Arithmetic arithmetic = new Arithmetic(rounding, to);
            ParallelLoop.elements(elements, i -> y.set(i, number(arithmetic, from, to, x, i)));
        } else if (from.isFloating()) {
            ParallelLoop.elements(elements, i -> whole(x.get(i), to, y, i));
        } else {
            ParallelLoop.elements(elements, i -> wrapped(x, to, y, i));
        }
    }

    /// Open where zero is among what the number may be.
    private static void truth(TensorView x, TensorView y, long i) {
        boolean integers = !x.type().element().isFloating();
        boolean holds = integers ? x.integer(i) != 0 : x.value(i) != 0;
        double bound = x.bound(i);
        boolean open = bound > 0 && !(Math.abs(x.value(i)) > bound);
        y.setInteger(i, holds ? 1 : 0, open ? 1 : 0);
    }

    /// Rounded where the new type has fewer digits than the number may need.
    private static Bounded number(Arithmetic arithmetic, ElementType from, ElementType to, TensorView x, long i) {
        Bounded value = x.get(i);
        double exactUpTo = to.isFloating() ? 1 / to.unitRoundoff() : 0;
        boolean exact = from.isFloating()
                ? from.unitRoundoff() >= to.unitRoundoff()
                : IntegerTypes.largest(from) <= exactUpTo || value.magnitude() <= exactUpTo;
        return exact ? value : arithmetic.stored(arithmetic.operation(value.value(), value.bound(), 0.5));
    }

    /// Cutting off fractions never falls, but wrapping does.
    private static void whole(Bounded x, ElementType to, TensorView y, long i) {
        long value = IntegerTypes.cut(x.value(), to);
        double bound = x.bound();
        if (Double.isNaN(x.value()) || bound == 0) {
            y.setInteger(i, value, x.isUnknown() ? Double.POSITIVE_INFINITY : 0);
            return;
        }
        double highest = truncated(x.value() + bound);
        double lowest = truncated(x.value() - bound);
        boolean inside = lowest >= IntegerTypes.least(to) && highest <= IntegerTypes.largest(to);
        double middle = truncated(x.value());
        y.setInteger(i, value, inside ? Math.max(highest - middle, middle - lowest) : Double.POSITIVE_INFINITY);
    }

    private static double truncated(double x) {
        return x < 0 ? Math.ceil(x) : Math.floor(x);
    }

    private static void wrapped(TensorView x, ElementType to, TensorView y, long i) {
        double bound = x.bound(i);
        double value = x.value(i);
        boolean inside = value - bound >= IntegerTypes.least(to) && value + bound <= IntegerTypes.largest(to);
        y.setInteger(i, x.integer(i), bound == 0 || inside ? bound : Double.POSITIVE_INFINITY);
    }
}
