package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.PoolGradientReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.List;

/// The gradient of [AveragePool] with respect to its input: each window shares its dy equally among the elements that
/// it averaged over, those of the padding included if they counted.
///
/// Input: dy `[N, C, E…]`, the gradient with respect to the pool's output; output `[N, C, D…]`, D being `extents`.
public record AveragePoolGradient(Window window, boolean countIncludePad, List<Long> extents) implements Op {
    public AveragePoolGradient {
        extents = List.copyOf(extents);
    }

    @Override
    public String mnemonic() {
        return "average_pool_gradient";
    }

    private Shape input(Shape gradient) {
        List<Long> dims = new ArrayList<>(gradient.dims().subList(0, 2));
        dims.addAll(extents);
        return new Shape(dims);
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 1);
        Checks.floating(this, inputs);
        TensorType gradient = inputs.getFirst();
        Checks.rank(this, "output gradient", gradient, 3, 5);
        Checks.attribute(
                this, extents.stream().allMatch(extent -> extent >= 0), "extents " + extents + " must not be negative");
        Shape x = input(gradient.shape());
        Shape pooled = window.outputShape(mnemonic(), x, x.dim(1));
        if (!gradient.shape().equals(pooled)) {
            throw Checks.fault(
                    Code.SHAPE_MISMATCH,
                    this,
                    "output gradient has shape " + gradient.shape() + " but the pool's output has " + pooled,
                    "window and extents are those of the pool and its input");
        }
        return List.of(gradient.withShape(x));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        List<Axis> axes = SpatialAxes.output(types.output().shape());
        WindowCover cover = WindowCover.of(
                window, axes.stream().map(Index::of).toList(), types.input(0).shape());
        Expr count = new AveragePool(window, countIncludePad)
                .count(types.output().shape(), cover.outputs(), types.output().element());
        Expr share = inputs.getFirst().at(cover.outputs()).dividedBy(count);
        return List.of(Stage.sum(mnemonic(), axes, cover.reduction(), cover.guarded(share)));
    }

    @Override
    public Role role() {
        // It brings elements back to where a window took them from, and few windows stand over one element.
        return Role.MOVEMENT;
    }

    /// It adds up what meets in one place.
    @Override
    public HalfPrecision inHalf(Signature types) {
        return HalfPrecision.STAYS;
    }

    @Override
    public Exactness exactness() {
        // A sum of quotients, each of them rounded.
        return Exactness.ROUNDED;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        PoolGradientReference.average(window, countIncludePad, rounding, inputs, outputs);
    }
}
