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
import java.util.List;

/// The gradient of [MaxPool] with respect to its input.
///
/// Inputs: the pool's x `[N, C, D…]`, and dy `[N, C, E…]`, the gradient with respect to its output; output as x. Each
/// window gives its dy to the first of its largest elements, in row-major order. NaN and padding are never the largest:
/// a window of nothing else gives its dy to no element. An element gathers what the windows over it give, so that no
/// two work-items write to one place and sums have a fixed order.
public record MaxPoolGradient(Window window) implements Op {
    @Override
    public String mnemonic() {
        return "max_pool_gradient";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 2, 2);
        Checks.floating(this, inputs);
        TensorType x = inputs.get(0);
        Checks.rank(this, "input", x, 3, 5);
        Shape pooled = window.outputShape(mnemonic(), x.shape(), x.shape().dim(1));
        if (!inputs.get(1).shape().equals(pooled)) {
            throw Checks.fault(
                    Code.SHAPE_MISMATCH,
                    this,
                    "output gradient has shape " + inputs.get(1).shape() + " but the pool's output has " + pooled,
                    "the window is that of the pool");
        }
        return List.of(x);
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Shape pooled = types.input(1).shape();
        Stage largest = largest(inputs.getFirst(), pooled);
        List<Axis> axes = SpatialAxes.output(types.output().shape());
        WindowCover cover = WindowCover.of(window, axes.stream().map(Index::of).toList(), pooled);
        Expr zero = Expr.constant(0, types.output().element());
        Expr given = new Expr.Select(
                Expr.Comparison.EQUAL,
                Access.of(largest).at(cover.outputs()),
                new Expr.Position(cover.point(), zero.type()),
                inputs.get(1).at(cover.outputs()),
                zero);
        return List.of(Stage.sum(mnemonic(), axes, cover.reduction(), cover.guarded(given)));
    }

    /// For each window the number of the first of its largest elements. The number is the first accumulator, as its
    /// update reads the other one's old state.
    private Stage largest(Access x, Shape pooled) {
        List<Axis> axes = SpatialAxes.output(pooled);
        List<Axis> points = SpatialAxes.window(window);
        List<Index> at = MaxPool.coordinates(window, axes, points);
        Index number = Index.ZERO;
        for (Axis point : points) {
            number = number.times(point.extent()).plus(Index.of(point));
        }
        Expr here = new Expr.Position(number, x.type().element());
        Expr none = Expr.constant(window.points(), here.type());
        Expr lowest = Expr.constant(Double.NEGATIVE_INFINITY, here.type());
        Expr first = new Expr.State(0, false, here.type());
        Expr most = new Expr.State(1, false, here.type());
        Expr otherFirst = new Expr.State(0, true, here.type());
        Expr otherMost = new Expr.State(1, true, here.type());
        return Stage.reduce(
                "largest",
                axes,
                points,
                List.of(
                        new Stage.Accumulator(
                                none,
                                inside(x, at, better(most, x.at(at), first, here), first),
                                better(most, otherMost, first, otherFirst)),
                        new Stage.Accumulator(
                                lowest, inside(x, at, larger(most, x.at(at)), most), larger(most, otherMost))),
                first);
    }

    /// `otherwise` for padding. The test is always there: a schedule may compute windows that hang over an edge.
    private static Expr inside(Access x, List<Index> at, Expr value, Expr otherwise) {
        Expr guarded = value;
        for (int axis = at.size() - 1; axis >= 2; axis--) {
            guarded = new Expr.Within(at.get(axis), 0, x.type().shape().dim(axis), guarded, otherwise);
        }
        return guarded;
    }

    /// The number of the larger value; of two equal values the smaller number.
    private static Expr better(Expr most, Expr value, Expr first, Expr number) {
        Expr tie = new Expr.Select(Expr.Comparison.EQUAL, most, value, first.min(number), first);
        return new Expr.Select(Expr.Comparison.LESS, most, value, number, tie);
    }

    /// The maximum that NaN does not change.
    private static Expr larger(Expr most, Expr value) {
        return new Expr.Select(Expr.Comparison.LESS, most, value, value, most);
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
        return Exactness.EXACT;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        PoolGradientReference.max(window, rounding, inputs, outputs);
    }
}
