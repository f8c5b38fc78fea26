package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import java.util.List;

/// The oracle for a choice between two tensors, element by element.
public final class WhereReference {
    private WhereReference() {}

    public static void evaluate(List<TensorView> inputs, List<TensorView> outputs) {
        TensorView y = outputs.getFirst();
        Shape shape = y.type().shape();
        TensorView condition = inputs.get(0);
        Choice then = Choice.of(inputs.get(1), shape);
        Choice otherwise = Choice.of(inputs.get(2), shape);
        StridedIndex at = StridedIndex.broadcast(condition.type().shape(), shape);
        boolean floating = y.type().element().isFloating();
        ParallelLoop.elements(shape.elements(), i -> {
            boolean holds = condition.integer(at.at(i)) != 0;
            boolean isOpen = condition.bound(at.at(i)) > 0;
            Choice taken = holds ? then : otherwise;
            Choice left = holds ? otherwise : then;
            if (floating) {
                y.set(i, isOpen ? either(taken.real(i), left.real(i)) : taken.real(i));
            } else if (isOpen) {
                y.setInteger(i, taken.integer(i), taken.distance(left, i));
            } else {
                y.setInteger(i, taken.integer(i), taken.bound(i));
            }
        });
    }

    /// One of two numbers, of which it is open which one.
    private static Bounded either(Bounded taken, Bounded left) {
        double distance = Math.abs(taken.value() - left.value());
        boolean same = Double.isNaN(taken.value()) && Double.isNaN(left.value()) || taken.value() == left.value();
        double bound = same ? 0 : distance;
        return Double.isFinite(bound)
                ? new Bounded(taken.value(), bound + Math.max(taken.bound(), left.bound()))
                : Bounded.unknown(taken.value());
    }

    private record Choice(TensorView tensor, StridedIndex at) {
        static Choice of(TensorView tensor, Shape shape) {
            return new Choice(tensor, StridedIndex.broadcast(tensor.type().shape(), shape));
        }

        Bounded real(long i) {
            return tensor.get(at.at(i));
        }

        long integer(long i) {
            return tensor.integer(at.at(i));
        }

        double bound(long i) {
            return tensor.bound(at.at(i));
        }

        double distance(Choice other, long i) {
            if (integer(i) == other.integer(i)) {
                return Math.max(bound(i), other.bound(i));
            }
            double apart = Math.abs(tensor.value(at.at(i)) - other.tensor.value(other.at.at(i)));
            return Math.max(1, apart) + Math.max(bound(i), other.bound(i));
        }
    }
}
