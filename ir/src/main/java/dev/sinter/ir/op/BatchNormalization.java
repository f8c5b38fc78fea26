package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.BatchNormalizationReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// Inference-mode batch normalisation of `[N, C, …]`: (x - mean) / sqrt(variance + epsilon) · scale + bias, with scale,
/// bias, mean and variance of shape `[C]`, in this order (Ioffe and Szegedy, 2015).
public record BatchNormalization(double epsilon) implements Op {
    private static final int SCALE = 1;
    private static final int VARIANCE = 4;

    @Override
    public String mnemonic() {
        return "batch_normalization";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 5, 5);
        Checks.floating(this, inputs);
        TensorType x = inputs.getFirst();
        Checks.rank(this, "input", x, 2, 8);
        List<String> names = List.of("input", "scale", "bias", "mean", "variance");
        for (int i = 1; i < 5; i++) {
            Checks.vector(this, names.get(i), inputs.get(i), x.shape().dim(1));
        }
        return List.of(x);
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Shape shape = types.output().shape();
        List<Axis> axes = shape.rank() >= 3 && shape.rank() <= 5 ? SpatialAxes.output(shape) : Stage.axesOf(shape, "i");
        Expr x = inputs.get(0).at(axes.stream().map(Index::of).toList());
        Index channel = Index.of(axes.get(1));
        Expr epsilon = Expr.constant(this.epsilon, x.type());
        Expr deviation = inputs.get(4).at(channel).plus(epsilon).apply(UnaryFunction.SQRT);
        Expr normalised = x.minus(inputs.get(3).at(channel)).dividedBy(deviation);
        Expr value =
                normalised.times(inputs.get(1).at(channel)).plus(inputs.get(2).at(channel));
        return List.of(Stage.map(mnemonic(), axes, value));
    }

    @Override
    public Role role() {
        return Role.ELEMENTWISE;
    }

    @Override
    public Exactness exactness() {
        return Exactness.EXACT;
    }

    @Override
    public Op onIntegers() {
        return new BatchNormalization(0);
    }

    @Override
    public IntegerRange integersFor(int operand) {
        return switch (operand) {
            case SCALE -> IntegerRange.FACTOR;
            case VARIANCE -> IntegerRange.only(1);
            default -> IntegerRange.SMALL;
        };
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        BatchNormalizationReference.evaluate(epsilon, rounding, inputs, outputs);
    }
}
