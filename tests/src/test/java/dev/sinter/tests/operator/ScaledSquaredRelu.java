package dev.sinter.tests.operator;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.op.CustomOp;
import dev.sinter.ir.op.Role;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// scale\[c] · max(x - threshold, 0)², with x `[N, C, …]` and scale `[C]`.
@NullMarked
public record ScaledSquaredRelu(double threshold) implements CustomOp {
    @Override
    public String mnemonic() {
        return "scaled_squared_relu";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        TensorType x = inputs.get(0);
        TensorType scale = inputs.get(1);
        if (!scale.shape().equals(Shape.of(x.shape().dim(1)))) {
            throw new CompileException(
                    Code.SHAPE_CHANNELS,
                    mnemonic(),
                    "scale is " + scale + " but the input has " + x.shape().dim(1) + " channels",
                    null);
        }
        return List.of(x);
    }

    /// For the compiler: what one element of the output is.
    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        List<Axis> axes = Stage.axesOf(types.output().shape(), "i");
        Expr x = inputs.get(0).at(axes.stream().map(Index::of).toList());
        Expr scale = inputs.get(1).at(Index.of(axes.get(1)));
        Expr kept = x.minus(Expr.constant(threshold, x.type())).max(Expr.constant(0, x.type()));
        return List.of(Stage.map(mnemonic(), axes, kept.times(kept).times(scale)));
    }

    /// Lets fusion join it to what is before and after it.
    @Override
    public Role role() {
        return Role.ELEMENTWISE;
    }

    /// For the oracle: plain loops, in double, with a bound on what a kernel may be off by.
    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.get(0);
        TensorView scale = inputs.get(1);
        Shape shape = x.type().shape();
        Arithmetic arithmetic = new Arithmetic(rounding, x.type().element());
        long channels = shape.dim(1);
        long perChannel = shape.elements() / (shape.dim(0) * channels);
        for (long i = 0; i < shape.elements(); i++) {
            Bounded kept =
                    arithmetic.minus(x.get(i), arithmetic.constant(threshold)).max(Bounded.exact(0));
            Bounded square = arithmetic.times(kept, kept);
            Bounded result = arithmetic.times(square, scale.get(i / perChannel % channels));
            outputs.getFirst().set(i, arithmetic.stored(result));
        }
    }
}
