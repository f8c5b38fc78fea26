package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import java.util.List;

/// The oracle for gates, which let a value through where two numbers compare as asked.
public final class GateReference {
    private GateReference() {}

    /// When a gate is open.
    public interface Condition {
        boolean holds(double left, double right);
    }

    public static void evaluate(Condition comparison, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView y = outputs.getFirst();
        Shape shape = y.type().shape();
        List<StridedIndex> at = inputs.stream()
                .map(input -> StridedIndex.broadcast(input.type().shape(), shape))
                .toList();
        ParallelLoop.elements(
                shape.elements(),
                i -> y.set(
                        i,
                        gated(
                                comparison,
                                inputs.get(0).get(at.get(0).at(i)),
                                inputs.get(1).get(at.get(1).at(i)),
                                inputs.get(2).get(at.get(2).at(i)))));
    }

    /// Where the comparison is open, either result may come out.
    private static Bounded gated(Condition comparison, Bounded value, Bounded left, Bounded right) {
        double distance = Math.abs(left.value() - right.value());
        double uncertainty = left.bound() + right.bound();
        Bounded result = comparison.holds(left.value(), right.value()) ? value : Bounded.exact(0);
        return uncertainty > 0 && !(distance > uncertainty) ? new Bounded(result.value(), value.magnitude()) : result;
    }
}
