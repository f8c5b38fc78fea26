package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// An operator with its attributes. It says of itself what its outputs' types are, what each output element is as a
/// formula (for the compiler), and how to compute it in plain loops with an error bound (the oracle).
///
/// The last two are written apart and share nothing: were they one, a wrong index would be wrong everywhere and no
/// test would see it.
///
/// The other methods are facts, by which passes, fusion, verification and analyses judge it without knowing it.
public sealed interface Op
        permits Conv,
                WinogradConv,
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
                Gather,
                GatherElements,
                GatherNd,
                Resample,
                GridSample,
                DeformConv,
                Identity,
                Dropout,
                Gate,
                ConvWeightGradient,
                MaxPoolGradient,
                AveragePoolGradient,
                SoftmaxCrossEntropy,
                Cast,
                RoundTo,
                Quantize,
                HostOp,
                Compare,
                Logical,
                Where,
                Bitwise,
                Modulo,
                IsNan,
                IsInfinite,
                Shrink,
                ThresholdedRelu,
                ArgReduce,
                MaxPoolIndices,
                LpPool,
                CumulativeSum,
                OneHot,
                Triangle,
                Diagonal,
                ColumnsToImage,
                Unpool,
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

    /// What the operator yields of `inputs`, as [#evaluate(Rounding, List, List)] computes it. Their types are those
    /// that are inferred, but for extents that depend on the elements of `inputs`.
    default List<TensorView> results(Rounding rounding, List<TensorView> inputs) {
        List<TensorView> outputs = infer(inputs.stream().map(TensorView::type).toList()).stream()
                .map(TensorView::allocate)
                .toList();
        evaluate(rounding, inputs, outputs);
        return outputs;
    }

    /// True if no kernel computes it: a run waits for the device, has the oracle's code compute it on the JVM, and goes
    /// on. Reports name each such node, and nobody checks what it yields.
    default boolean runsOnHost() {
        return false;
    }

    /// True if extents of that output depend on the elements of the inputs. Its type then says how large they are at
    /// most, and only operators that run on the host can read it.
    default boolean hasOpenExtents(Signature types, int output) {
        return false;
    }

    /// What the operator is to fusion.
    Role role();

    /// True if output element i depends on element i of each input only (after broadcasting): such operators can be
    /// fused into what they read from and into what reads them.
    default boolean isElementwise() {
        return role() == Role.ELEMENTWISE;
    }

    /// Which places of a picture an output element depends on.
    default Reach reach(Signature types) {
        return isElementwise() ? new Reach.SamePlace(types.output().shape().rank()) : new Reach.Everywhere();
    }

    /// True if between these types the output is the first input, bit for bit.
    default boolean isIdentity(Signature types) {
        return false;
    }

    /// How closely the result for small integers can be foretold.
    Exactness exactness();

    /// What becomes of it where a network of float32 is computed in float16.
    default HalfPrecision inHalf(Signature types) {
        return role() == Role.MOVEMENT || role() == Role.RESHAPE ? HalfPrecision.MOVES : HalfPrecision.STAYS;
    }

    /// How kernels of this operator round, if all others round as `others` says.
    default Rounding rounding(Rounding others) {
        return others;
    }

    /// What stands in for this operator where a network is to compute with small integers only: itself, unless it would
    /// hide errors by saturating, or passes no integer exactly.
    default Op onIntegers() {
        return this;
    }

    /// Of which integers the constant at input `operand` is drawn there.
    default IntegerRange integersFor(int operand) {
        return IntegerRange.SMALL;
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
