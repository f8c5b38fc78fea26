package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.SoftmaxReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// The cross-entropy between target probabilities and the softmax of logits, a number per row:
/// log Σ exp(x - max) - Σ t · (x - max). That is -Σ t · log softmax(x) where the targets of a row add up to 1, as they
/// must, and neither overflows nor takes the logarithm of an exponential that became zero.
///
/// Inputs: logits `[N, C]`, targets `[N, C]`; output `[N]`.
public record SoftmaxCrossEntropy() implements Op {
    @Override
    public String mnemonic() {
        return "softmax_cross_entropy";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 2, 2);
        Checks.floating(this, inputs);
        Checks.rank(this, "logits", inputs.get(0), 2, 2);
        Shape logits = inputs.get(0).shape();
        Shape targets = inputs.get(1).shape();
        if (!logits.equals(targets)) {
            throw Checks.fault(
                    Code.SHAPE_MISMATCH,
                    this,
                    "targets have shape " + targets + " but the logits have " + logits,
                    "targets are probabilities, one per class; a class number becomes a row with a single 1");
        }
        Checks.attribute(this, logits.dim(1) > 0, "logits " + logits + " have no classes but need at least 1");
        return List.of(inputs.getFirst().withShape(Shape.of(logits.dim(0))));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Access x = inputs.get(0);
        Shape shape = types.input(0).shape();
        Axis row = new Axis("n", shape.dim(0));
        Axis column = new Axis("c", shape.dim(1));
        Stage max = Stage.max("largest_logit", List.of(row), List.of(column), x.at(Index.of(row), Index.of(column)));

        List<Axis> axes = List.of(new Axis("n", shape.dim(0)));
        Axis along = new Axis("c", shape.dim(1));
        Index n = Index.of(axes.getFirst());
        Index c = Index.of(along);
        Expr below = x.at(n, c).minus(Access.of(max).at(n));
        Stage exponentials = Stage.sum(mnemonic(), axes, List.of(along), below.apply(UnaryFunction.EXP));
        Expr product = new Expr.MultiplyAdd(
                inputs.get(1).at(n, c), below, new Expr.State(1, false, x.type().element()));
        Expr merged = new Expr.State(1, false, product.type()).plus(new Expr.State(1, true, product.type()));
        return List.of(Stage.reduce(
                mnemonic(),
                axes,
                List.of(along),
                List.of(
                        exponentials.accumulators().getFirst(),
                        new Stage.Accumulator(Expr.constant(0, product.type()), product, merged)),
                exponentials.finish().apply(UnaryFunction.LOG).minus(new Expr.State(1, false, product.type()))));
    }

    @Override
    public Role role() {
        return Role.WHOLE;
    }

    @Override
    public Exactness exactness() {
        return Exactness.ROUNDED;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        SoftmaxReference.crossEntropy(rounding, inputs, outputs);
    }
}
