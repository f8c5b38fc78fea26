package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import java.util.List;

/// The oracle for functions of truth values. One that may be either makes the result so only where this depends on it.
public final class LogicalReference {
    private LogicalReference() {}

    /// A function of two truth values.
    public interface Connective {
        boolean holds(boolean a, boolean b);
    }

    public static void binary(Connective connective, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView a = inputs.get(0);
        TensorView b = inputs.get(1);
        TensorView y = outputs.getFirst();
        Shape shape = y.type().shape();
        StridedIndex left = StridedIndex.broadcast(a.type().shape(), shape);
        StridedIndex right = StridedIndex.broadcast(b.type().shape(), shape);
        ParallelLoop.elements(shape.elements(), i -> {
            boolean x = a.integer(left.at(i)) != 0;
            boolean z = b.integer(right.at(i)) != 0;
            boolean otherX = a.bound(left.at(i)) > 0 ? !x : x;
            boolean otherZ = b.bound(right.at(i)) > 0 ? !z : z;
            boolean result = connective.holds(x, z);
            boolean isOpen = result != connective.holds(otherX, z)
                    || result != connective.holds(x, otherZ)
                    || result != connective.holds(otherX, otherZ);
            y.setInteger(i, result ? 1 : 0, isOpen ? 1 : 0);
        });
    }

    public static void not(List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.getFirst();
        TensorView y = outputs.getFirst();
        ParallelLoop.elements(y.type().shape().elements(), i -> y.setInteger(i, x.integer(i) == 0 ? 1 : 0, x.bound(i)));
    }
}
