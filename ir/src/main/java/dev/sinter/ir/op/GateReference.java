package dev.sinter.ir.op;

import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import java.util.List;

/// The oracle for [Gate].
final class GateReference {
    private GateReference() {}

    static void evaluate(Gate.Kind kind, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView y = outputs.getFirst();
        Shape shape = y.type().shape();
        List<StridedIndex> at = inputs.stream()
                .map(input -> StridedIndex.broadcast(input.type().shape(), shape))
                .toList();
        Sweep.elements(
                shape.elements(),
                i -> y.set(
                        i,
                        gated(
                                kind,
                                inputs.get(0).get(at.get(0).at(i)),
                                inputs.get(1).get(at.get(1).at(i)),
                                inputs.get(2).get(at.get(2).at(i)))));
    }

    /// Where the comparison is open, either result may come out.
    private static Bounded gated(Gate.Kind kind, Bounded value, Bounded left, Bounded right) {
        boolean opens = switch (kind) {
            case LESS -> left.value() < right.value();
            case LESS_EQUAL -> left.value() <= right.value();
            case EQUAL -> left.value() == right.value();
        };
        double distance = Math.abs(left.value() - right.value());
        double uncertainty = left.bound() + right.bound();
        Bounded result = opens ? value : Bounded.exact(0);
        return uncertainty > 0 && !(distance > uncertainty) ? new Bounded(result.value(), value.magnitude()) : result;
    }
}
