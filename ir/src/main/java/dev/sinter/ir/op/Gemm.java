package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.GemmReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/// alpha · A · B + beta · C, with A `[M, K]` or, transposed, `[K, M]`, B `[K, N]` or `[N, K]`, and an optional C that
/// broadcasts to `[M, N]`.
public record Gemm(double alpha, double beta, boolean transposeA, boolean transposeB) implements Op {
    /// A fully connected layer as frameworks store it: weights `[N, K]`.
    public static final Gemm FULLY_CONNECTED = new Gemm(1, 1, false, true);

    @Override
    public String mnemonic() {
        return "gemm";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 2, 3);
        Checks.numeric(this, inputs);
        if (!inputs.getFirst().element().isFloating() && (alpha != Math.rint(alpha) || beta != Math.rint(beta))) {
            throw Checks.fault(
                    Code.TYPE_ELEMENT,
                    this,
                    "multiplies " + inputs.getFirst() + " by alpha " + alpha + " or beta " + beta
                            + " but factors of integers are whole",
                    "convert it to f32 before this node");
        }
        Checks.rank(this, "A", inputs.get(0), 2, 2);
        Checks.rank(this, "B", inputs.get(1), 2, 2);
        Shape a = inputs.get(0).shape();
        Shape b = inputs.get(1).shape();
        long inner = a.dim(transposeA ? 0 : 1);
        if (inner != b.dim(transposeB ? 1 : 0)) {
            throw Checks.fault(
                    Code.SHAPE_MISMATCH,
                    this,
                    "A " + a + (transposeA ? " transposed" : "") + " has " + inner + " columns but B " + b
                            + (transposeB ? " transposed" : "") + " has " + b.dim(transposeB ? 1 : 0) + " rows",
                    null);
        }
        Shape output = Shape.of(a.dim(transposeA ? 1 : 0), b.dim(transposeB ? 0 : 1));
        if (inputs.size() == 3
                && !Shape.broadcast(output, inputs.get(2).shape()).equals(Optional.of(output))) {
            throw Checks.fault(
                    Code.SHAPE_BROADCAST,
                    this,
                    "C has shape " + inputs.get(2).shape() + " but must broadcast to " + output,
                    null);
        }
        return List.of(inputs.getFirst().withShape(output));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Access a = inputs.get(0);
        Access b = inputs.get(1);
        List<Axis> axes = Stage.axesOf(types.output().shape(), "i");
        Axis along = new Axis("k", a.type().shape().dim(transposeA ? 0 : 1));
        Index m = Index.of(axes.get(0));
        Index n = Index.of(axes.get(1));
        Index k = Index.of(along);
        Expr left = transposeA ? a.at(k, m) : a.at(m, k);
        Expr right = transposeB ? b.at(n, k) : b.at(k, n);
        Stage sum = Stage.sum("gemm", axes, List.of(along), left.times(right));
        Expr finish = sum.finish();
        if (alpha != 1) {
            finish = finish.times(Expr.constant(alpha, finish.type()));
        }
        if (inputs.size() == 3 && beta != 0) {
            Expr c = inputs.get(2).broadcastAt(List.of(m, n));
            finish = finish.plus(beta == 1 ? c : c.times(Expr.constant(beta, c.type())));
        }
        return List.of(Stage.reduce("gemm", axes, sum.reduction(), sum.accumulators(), finish));
    }

    @Override
    public Role role() {
        return Role.CONTRACTION;
    }

    /// How many products each output element sums up.
    long terms(List<TensorType> inputs) {
        return inputs.getFirst().shape().dim(transposeA ? 0 : 1);
    }

    @Override
    public HalfPrecision inHalf(Signature types) {
        return HalfPrecision.ofSum(terms(types.inputs()));
    }

    @Override
    public Exactness exactness() {
        return Exactness.EXACT;
    }

    @Override
    public Op onIntegers() {
        return new Gemm(1, 1, transposeA, transposeB);
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        new GemmReference(alpha, beta, transposeA, transposeB).evaluate(rounding, inputs, outputs);
    }
}
