package dev.sinter.ir.plan;

import dev.sinter.ir.op.AveragePool;
import dev.sinter.ir.op.AveragePoolGradient;
import dev.sinter.ir.op.BatchNormalization;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Clip;
import dev.sinter.ir.op.Concat;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.ConvTranspose;
import dev.sinter.ir.op.ConvWeightGradient;
import dev.sinter.ir.op.CustomOp;
import dev.sinter.ir.op.Dropout;
import dev.sinter.ir.op.Flatten;
import dev.sinter.ir.op.Gate;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.Identity;
import dev.sinter.ir.op.LeakyRelu;
import dev.sinter.ir.op.Lrn;
import dev.sinter.ir.op.MatMul;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.MaxPoolGradient;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.PRelu;
import dev.sinter.ir.op.Pad;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.Softmax;
import dev.sinter.ir.op.SoftmaxCrossEntropy;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.op.Unary;

/// What an operator is to fusion.
public enum Role {
    /// Each element by itself.
    ELEMENTWISE,
    /// Sums of products over whole dimensions: what a group is built around.
    CONTRACTION,
    /// A reduction over a small window that moves with the output.
    WINDOW,
    /// A reduction over whole dimensions that is no contraction.
    WHOLE,
    /// Elements in other places.
    MOVEMENT,
    /// The same bytes under another shape.
    RESHAPE;

    public static Role of(Op op) {
        return switch (op) {
            case Unary _, Binary _, LeakyRelu _, PRelu _, Clip _, BatchNormalization _, Gate _, Identity _, Dropout _ ->
                ELEMENTWISE;
            case Conv _, ConvTranspose _, ConvWeightGradient _, Gemm _, MatMul _ -> CONTRACTION;
            case MaxPool _, AveragePool _ -> WINDOW;
            case Reduce _, Softmax _, SoftmaxCrossEntropy _, Lrn _ -> WHOLE;
            // They bring elements back to where a window took them from, and few windows stand over one element.
            case Concat _, Transpose _, Pad _, MaxPoolGradient _, AveragePoolGradient _ -> MOVEMENT;
            case Reshape _, Flatten _ -> RESHAPE;
            case CustomOp custom -> custom.isElementwise() ? ELEMENTWISE : WHOLE;
        };
    }
}
