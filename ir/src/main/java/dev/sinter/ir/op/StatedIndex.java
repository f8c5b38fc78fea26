package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.TensorType;

/// Indices that tensors state. A negative one counts from the end, and one outside of the extent stands for the nearest
/// that is inside: no device can raise an error for a number that it reads.
final class StatedIndex {
    private StatedIndex() {}

    static void check(Op op, int operand, TensorType indices) {
        if (indices.element().isFloating() || indices.element() == ElementType.BOOL) {
            throw Checks.fault(
                    Code.TYPE_ELEMENT,
                    op,
                    "input " + operand + " is " + indices + " but indices are integers",
                    "convert it with a cast before this node");
        }
    }

    /// @param stated an element of a tensor of integers
    static Index of(Expr stated, long extent) {
        Expr value = signed(stated);
        Expr fromEnd = value.plus(Expr.constant(extent, value.type()));
        Expr zero = Expr.constant(0, value.type());
        return Index.of(new Index.Loaded(new Expr.Select(Expr.Comparison.LESS, value, zero, fromEnd, value), extent));
    }

    private static Expr signed(Expr stated) {
        return switch (stated.type()) {
            case INT32, INT64 -> stated;
            case INT8, UINT8, INT16, UINT16 -> new Expr.Cast(stated, ElementType.INT32);
            case UINT32, UINT64 -> new Expr.Cast(stated, ElementType.INT64);
            case FLOAT16, FLOAT32, FLOAT64, BOOL ->
                throw new IllegalArgumentException(stated.type() + " is no type of indices");
        };
    }
}
