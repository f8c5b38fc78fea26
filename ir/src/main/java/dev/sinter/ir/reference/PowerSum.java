package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import java.util.function.IntFunction;

/// The oracle for norms: (Σ |x|^p)^(1/p).
record PowerSum(Arithmetic arithmetic, RealFunctions functions, long p) {
    PowerSum(Arithmetic arithmetic, long p) {
        this(arithmetic, new RealFunctions(arithmetic), p);
    }

    Bounded norm(int count, IntFunction<Bounded> element) {
        double sum = 0;
        double spread = 0;
        double magnitude = 0;
        for (int i = 0; i < count; i++) {
            Bounded term = power(element.apply(i));
            sum += term.value();
            spread += term.bound();
            magnitude += term.magnitude();
        }
        Bounded total = arithmetic.sum(
                sum,
                spread,
                magnitude,
                count,
                i -> power(element.apply((int) i)).value());
        return arithmetic.stored(root(total));
    }

    private Bounded power(Bounded x) {
        Bounded magnitude = functions.abs(x);
        if (p == 1) {
            return magnitude;
        }
        return p == 2 ? arithmetic.times(magnitude, magnitude) : functions.power(magnitude, Bounded.exact(p));
    }

    private Bounded root(Bounded sum) {
        if (p == 1) {
            return sum;
        }
        return p == 2 ? functions.sqrt(sum) : functions.power(sum, arithmetic.constant(1.0 / p));
    }
}
