package dev.sinter.ir.verify;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.op.LeakyRelu;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.Role;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What one step ought to yield for integers, and how closely.
record ExactOracle(Graph imported, Map<Value, Tensor> known, Value wanted) {
    /// A division rounds by at most 2.5 units in the last place in OpenCL, and the result is rounded once more.
    private static final double DIVISION_ROUNDINGS = 6;

    /// @param rounding of the kernels that are judged
    StepVerdict.Mode mode(Rounding rounding) {
        StepVerdict.Mode mode = mode();
        if (rounding.winograd().isEmpty()) {
            return mode;
        }
        return mode == StepVerdict.Mode.EXACT ? StepVerdict.Mode.NEAREST : StepVerdict.Mode.BOUND;
    }

    /// A device's numbers, each rounded to the nearest integer.
    static Tensor nearest(Tensor device) {
        Tensor rounded = Tensor.allocate(device.type());
        long elements = device.shape().elements();
        for (long i = 0; i < elements; i++) {
            rounded.set(i, Math.rint(device.get(i)));
        }
        return rounded;
    }

    private StepVerdict.Mode mode() {
        StepVerdict.Mode mode = StepVerdict.Mode.EXACT;
        boolean decides = false;
        Set<Node> between = between();
        for (Node node : between) {
            if (!node.output().type().element().isFloating()) {
                // Integers never round, not even in a division. But what compares numbers to make them may see it.
                decides = true;
                continue;
            }
            switch (node.op().exactness()) {
                case EXACT -> {}
                case EXACT_BUT_DIVISION -> {
                    if (!isLast(node, between)) {
                        return StepVerdict.Mode.BOUND;
                    }
                    mode = StepVerdict.Mode.EXACT_BUT_DIVISION;
                }
                case ROUNDED -> {
                    return StepVerdict.Mode.BOUND;
                }
            }
        }
        return mode == StepVerdict.Mode.EXACT_BUT_DIVISION && decides ? StepVerdict.Mode.BOUND : mode;
    }

    /// True if nothing adds up what a division has rounded: the sum may be far smaller than its terms.
    private boolean isLast(Node division, Set<Node> between) {
        return between.stream()
                .filter(node -> node.inputs().stream().anyMatch(division.outputs()::contains))
                .allMatch(node -> keepsElements(node.op()) && isLast(node, between));
    }

    private static boolean keepsElements(Op op) {
        return op.role() == Role.MOVEMENT
                || op.role() == Role.RESHAPE
                || op instanceof MaxPool
                || op instanceof LeakyRelu
                || op.equals(Unary.RELU);
    }

    /// False where the wanted value depends on an input of the network by another way than through what is known: a
    /// pass may have taken what comes by that way into a constant of the step's.
    boolean isDetermined() {
        return imported.lacking(known.keySet(), List.of(wanted)).isEmpty();
    }

    TensorView values() {
        return new Interpreter(imported, Rounding.none()).between(known, wanted);
    }

    TensorView withDivision() {
        TensorView exact = values();
        TensorView bounded = TensorView.allocate(exact.type());
        double unit = exact.type().element().unitRoundoff();
        long elements = exact.type().shape().elements();
        for (long i = 0; i < elements; i++) {
            double value = exact.value(i);
            bounded.set(i, value, DIVISION_ROUNDINGS * unit * Math.abs(value));
        }
        return bounded;
    }

    /// The nodes between what is known and what is wanted.
    private Set<Node> between() {
        return imported.between(known.keySet(), List.of(wanted));
    }
}
