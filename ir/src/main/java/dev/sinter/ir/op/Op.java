package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// An operator with its attributes. It says three things of itself: what its outputs' types are, what each output
/// element is as a formula (for the compiler), and how to compute it in plain loops with an error bound (the oracle).
///
/// The last two are written apart and share nothing: were they one, a wrong index would be wrong everywhere and no
/// test would see it.
public sealed interface Op
        permits Conv,
                ConvTranspose,
                MaxPool,
                AveragePool,
                Reduce,
                Unary,
                LeakyRelu,
                PRelu,
                Clip,
                Softmax,
                Binary,
                MatMul,
                Gemm,
                BatchNormalization,
                Lrn,
                Concat,
                Reshape,
                Flatten,
                Transpose,
                Pad,
                Identity,
                Dropout,
                Gate,
                ConvWeightGradient,
                MaxPoolGradient,
                AveragePoolGradient,
                SoftmaxCrossEntropy,
                CustomOp {

    /// The name in IR text, for example `conv`.
    String mnemonic();

    /// The outputs' types.
    ///
    /// @throws dev.sinter.ir.diag.CompileException if the inputs do not fit the operator or each other
    List<TensorType> infer(List<TensorType> inputs);

    /// One stage per output. Stages may call further stages, which then belong to the operator too.
    List<Stage> compute(Signature types, List<Access> inputs);

    /// Fills `outputs` from `inputs` in plain loops, in double, with error bounds.
    void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs);

    /// True if output element i depends on element i of each input only (after broadcasting): such operators can be
    /// fused into what they read from and into what reads them.
    default boolean isElementwise() {
        return false;
    }

    /// The types around one use of an operator.
    record Signature(List<TensorType> inputs, List<TensorType> outputs) {
        public Signature {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
        }

        public TensorType input(int i) {
            return inputs.get(i);
        }

        public TensorType output() {
            return outputs.getFirst();
        }
    }
}
