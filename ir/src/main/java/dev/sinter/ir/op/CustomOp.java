package dev.sinter.ir.op;

import java.util.Optional;

/// A user's own operator: implement this as a record. Passes leave it alone, except that one whose role is
/// [Role#ELEMENTWISE] is fused like any other.
public non-sealed interface CustomOp extends Op {
    /// [Role#WHOLE] by default: it gets a kernel of its own, and nothing is fused with it.
    @Override
    default Role role() {
        return Role.WHOLE;
    }

    /// [Exactness#ROUNDED] by default: it is judged by its error bound.
    @Override
    default Exactness exactness() {
        return Exactness.ROUNDED;
    }

    /// The operator that computes the gradient with respect to input `operand`. Its inputs are those of this operator,
    /// then this operator's output, then the gradient with respect to that; its output has the type of the input.
    /// Empty, as it is by default, if there is none: then no training gets past this operator.
    default Optional<Op> gradient(int operand) {
        return Optional.empty();
    }
}
