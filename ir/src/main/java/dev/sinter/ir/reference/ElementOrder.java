package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.TensorView;
import java.util.Comparator;
import java.util.function.IntToLongFunction;

/// How elements of a tensor are sorted.
final class ElementOrder {
    private ElementOrder() {}

    /// Ascending, NaN last. Zeros are equal whatever their signs.
    ///
    /// @param element the row-major number of what is compared
    static Comparator<Integer> of(TensorView x, IntToLongFunction element) {
        return (a, b) -> compare(x, element.applyAsLong(a), element.applyAsLong(b));
    }

    static int compare(TensorView x, long a, long b) {
        return switch (x.type().element()) {
            case FLOAT16, FLOAT32, FLOAT64 -> compare(x.value(a), x.value(b));
            case UINT64 -> Long.compareUnsigned(x.integer(a), x.integer(b));
            case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, BOOL -> Long.compare(x.integer(a), x.integer(b));
        };
    }

    /// Adding zero makes one of both.
    static int compare(double a, double b) {
        return Double.compare(a + 0.0, b + 0.0);
    }
}
