package dev.sinter.ir.op;

import dev.sinter.ir.type.TensorType;
import java.util.List;

/// About how much work it is to evaluate operators on tensors that are known, in operations on single elements: a few
/// bytes of a file can ask for years. What is not known of an operator is taken for the worst.
public final class Effort {
    /// What each element takes where elements are sorted or collected.
    private static final double SORTING = 16;

    private double left;

    /// @param most how much may be spent
    public Effort(double most) {
        left = most;
    }

    /// Spends what one evaluation takes, unless that is more than is left.
    ///
    /// @return whether it was spent
    public boolean spend(double operations) {
        if (operations > left) {
            return false;
        }
        left -= operations;
        return true;
    }

    public double left() {
        return left;
    }

    public static double of(Op op, List<TensorType> inputs, List<TensorType> outputs) {
        double made = elements(outputs);
        if (op instanceof NonMaxSuppression) {
            // Each box may be held against all others.
            double read = elements(inputs);
            return read * read;
        }
        if (op.runsOnHost()) {
            return SORTING * elements(inputs) + 2 * made;
        }
        if (isLinear(op)) {
            return elements(inputs) + 2 * made;
        }
        return Math.max(elements(inputs), made * perOutput(op, inputs));
    }

    /// Whether each element that is read or made is looked at a few times at most.
    public static boolean isLinear(Op op) {
        return op.isElementwise() || op.role() == Role.MOVEMENT || op.role() == Role.RESHAPE || op instanceof Reduce;
    }

    private static double perOutput(Op op, List<TensorType> inputs) {
        return switch (op) {
            case Conv conv -> conv.terms(inputs);
            case MatMul matMul -> matMul.terms(inputs);
            case Gemm gemm -> gemm.terms(inputs);
            default ->
                inputs.stream()
                        .mapToLong(input -> input.shape().elements())
                        .max()
                        .orElse(0);
        };
    }

    private static double elements(List<TensorType> types) {
        return types.stream().mapToDouble(type -> type.shape().elements()).sum();
    }
}
