package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Node;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Clip;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.ConvTranspose;
import dev.sinter.ir.op.Dropout;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.Identity;
import dev.sinter.ir.op.LeakyRelu;
import dev.sinter.ir.op.MatMul;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.PRelu;
import dev.sinter.ir.op.Role;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.op.Where;
import dev.sinter.ir.type.Shape;

/// Which operators are computed in float16.
///
/// Its largest number is 65,504, and of as many equal addends as it has whole numbers, 2,048, one more no longer
/// changes
/// the sum. So these stay in float32: sums over whole dimensions and means, whose partial sums pass the largest number
/// before the result does, long sums of products, and functions that grow or divide (exp, power, quotient and what is
/// made of them). Comparisons stay too, as rounding could turn them.
final class HalfOperators {
    private static final long MOST_TERMS = 2048;

    private HalfOperators() {}

    /// Where an element is written that is one of the input's: it keeps the type in which it comes.
    static boolean onlyMoves(Op op) {
        return op.role() == Role.MOVEMENT
                || op.role() == Role.RESHAPE
                || op instanceof Identity
                || op instanceof Dropout
                || op instanceof MaxPool;
    }

    static boolean isComputedInHalf(Node node) {
        return switch (node.op()) {
            case Conv _ -> products(node, 0) <= MOST_TERMS;
            case ConvTranspose transpose -> products(node, 1) / transpose.groups() <= MOST_TERMS;
            case Gemm gemm -> node.input(0).type().shape().dim(gemm.transposeA() ? 0 : 1) <= MOST_TERMS;
            case MatMul _ -> node.input(0).type().shape().dims().getLast() <= MOST_TERMS;
            case Unary(Unary.Kind kind) -> isComputedInHalf(kind);
            case Binary(Binary.Kind kind) -> isComputedInHalf(kind);
            case LeakyRelu _, PRelu _, Clip _, Where _ -> true;
            // Whatever else there is or will be is safe in float32.
            case Op _ -> false;
        };
    }

    /// What each output element sums up.
    ///
    /// @param outputs which dimension of the weights counts the output's channels
    private static long products(Node node, int outputs) {
        Shape weights = node.input(1).type().shape();
        return weights.elements() / Math.max(1, weights.dim(outputs));
    }

    private static boolean isComputedInHalf(Unary.Kind kind) {
        return switch (kind) {
            case RELU, ABS, NEGATE, FLOOR, CEIL, ROUND, SIGN, SQRT, TANH -> true;
            case SIGMOID, EXP, LOG, RECIPROCAL, ERF -> false;
            case SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, ASINH, ACOSH, ATANH -> false;
        };
    }

    private static boolean isComputedInHalf(Binary.Kind kind) {
        return switch (kind) {
            case ADD, SUB, MUL, MAX, MIN -> true;
            case DIV, POW -> false;
        };
    }
}
