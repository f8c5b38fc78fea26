package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.Excerpt;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.MovementReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Grows (or, with negative pads, crops) a tensor at both ends of each dimension. `pads` has all begins, then all ends.
public record Pad(List<Long> pads, Mode mode, double value) implements Op {
    /// What stands outside: `value`; the nearest element; the tensor mirrored at its first and last element; or the
    /// tensor again, as often as it takes.
    public enum Mode {
        CONSTANT,
        EDGE,
        REFLECT,
        WRAP
    }

    /// The formula of a reflection has three branches for each dimension.
    private static final int MOST_REFLECTED = 4;

    public Pad {
        pads = List.copyOf(pads);
    }

    @Override
    public String mnemonic() {
        return "pad";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 1);
        Shape x = inputs.getFirst().shape();
        Checks.attribute(
                this,
                pads.size() == 2 * x.rank(),
                "pads " + Excerpt.of(pads) + " has " + pads.size() + " entries but rank " + x.rank() + " needs "
                        + 2 * x.rank());
        Checks.attribute(
                this,
                pads.stream().allMatch(pad -> -Integer.MAX_VALUE <= pad && pad <= Integer.MAX_VALUE),
                "pads " + pads + " must be from " + -Integer.MAX_VALUE + " to " + Integer.MAX_VALUE);
        long reflected = IntStream.range(0, x.rank())
                .filter(axis -> pads.get(axis) > 0 || pads.get(axis + x.rank()) > 0)
                .count();
        Checks.attribute(
                this,
                mode != Mode.REFLECT || reflected <= MOST_REFLECTED,
                "pads " + pads + " reflect along " + reflected + " dimensions but at most " + MOST_REFLECTED
                        + " are supported");
        List<Long> dims = new ArrayList<>();
        for (int axis = 0; axis < x.rank(); axis++) {
            long begin = pads.get(axis);
            long end = pads.get(axis + x.rank());
            long extent = x.dim(axis);
            boolean tooFar = mode == Mode.REFLECT && Math.max(begin, end) >= extent
                    || (mode == Mode.EDGE || mode == Mode.WRAP) && extent == 0 && begin + end > 0;
            if (begin + extent + end < 0 || tooFar) {
                throw Checks.fault(
                        Code.SHAPE_WINDOW,
                        this,
                        "pads " + begin + " and " + end + " do not go with extent " + extent + " of dimension " + axis,
                        mode == Mode.REFLECT ? "reflected pads are smaller than the extent" : null);
            }
            dims.add(begin + extent + end);
        }
        return List.of(inputs.getFirst().withShape(new Shape(dims)));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Access x = inputs.getFirst();
        Shape shape = x.type().shape();
        List<Axis> axes = Stage.axesOf(types.output().shape(), "i");
        List<Index> at = new ArrayList<>();
        for (int axis = 0; axis < axes.size(); axis++) {
            at.add(Index.of(axes.get(axis)).plus(-pads.get(axis)));
        }
        Expr element = switch (mode) {
            case CONSTANT -> x.atOr(Expr.constant(value, x.type().element()), at);
            case EDGE -> {
                List<Index> near = new ArrayList<>();
                for (int axis = 0; axis < at.size(); axis++) {
                    near.add(at.get(axis).clamped(0, shape.dim(axis) - 1));
                }
                yield x.at(near);
            }
            case REFLECT -> reflected(x, at, 0);
            case WRAP -> {
                List<Index> around = new ArrayList<>();
                for (int axis = 0; axis < at.size(); axis++) {
                    around.add(at.get(axis).modulo(Math.max(1, shape.dim(axis))));
                }
                yield x.at(around);
            }
        };
        return List.of(Stage.map("pad", axes, element));
    }

    private static Expr reflected(Access x, List<Index> at, int axis) {
        if (axis == at.size()) {
            return x.at(at);
        }
        long extent = x.type().shape().dim(axis);
        Index index = at.get(axis);
        Expr value = reflected(x, at, axis + 1);
        if (index.range().lo() < 0) {
            Expr before = reflected(x, with(at, axis, index.times(-1)), axis + 1);
            value = new Expr.Within(index, 0, Long.MAX_VALUE, value, before);
        }
        if (index.range().hi() >= extent) {
            Expr after = reflected(x, with(at, axis, index.times(-1).plus(2 * (extent - 1))), axis + 1);
            value = new Expr.Within(index, Long.MIN_VALUE, extent, value, after);
        }
        return value;
    }

    private static List<Index> with(List<Index> at, int axis, Index index) {
        List<Index> changed = new ArrayList<>(at);
        changed.set(axis, index);
        return changed;
    }

    @Override
    public Role role() {
        return Role.MOVEMENT;
    }

    @Override
    public Reach reach(Signature types) {
        return new Reach.Shifted(pads.subList(0, types.input(0).shape().rank()));
    }

    @Override
    public boolean isIdentity(Signature types) {
        return pads.stream().allMatch(pad -> pad == 0);
    }

    @Override
    public Exactness exactness() {
        return Exactness.EXACT;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        List<Long> begins = pads.subList(0, pads.size() / 2);
        switch (mode) {
            case CONSTANT -> MovementReference.padWith(value, begins, inputs, outputs);
            case EDGE -> MovementReference.padWithEdge(begins, inputs, outputs);
            case REFLECT -> MovementReference.padWithReflection(begins, inputs, outputs);
            case WRAP -> MovementReference.padByWrapping(begins, inputs, outputs);
        }
    }
}
