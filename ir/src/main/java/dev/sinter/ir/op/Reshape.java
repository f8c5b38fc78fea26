package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.Excerpt;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.MovementReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The same elements in the same row-major order under another shape. `shape` is complete: no -1, no 0 for "as before".
public record Reshape(List<Long> shape) implements Op {
    public Reshape {
        shape = List.copyOf(shape);
    }

    @Override
    public String mnemonic() {
        return "reshape";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 1);
        Checks.attribute(
                this,
                shape.stream().allMatch(dim -> dim >= 0),
                "shape " + Excerpt.of(shape) + " must not have negative extents");
        Shape target = new Shape(shape);
        TensorType x = inputs.getFirst();
        if (target.elements() != x.shape().elements()) {
            throw Checks.fault(
                    Code.SHAPE_ELEMENTS,
                    this,
                    "input " + x + " has " + x.shape().elements() + " elements but shape " + target + " has "
                            + target.elements(),
                    null);
        }
        return List.of(x.withShape(target));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        return List.of(stage(mnemonic(), types, inputs.getFirst()));
    }

    static Stage stage(String name, Signature types, Access x) {
        List<Axis> axes = Stage.axesOf(types.output().shape(), "i");
        List<Index> at = axes.stream().map(Index::of).toList();
        return Stage.map(
                name, axes, x.at(reindex(types.output().shape(), types.input(0).shape(), at)));
    }

    /// The coordinates in `to` of the element that stands at `at` in `from`. Runs of dimensions that hold as many
    /// elements on both sides are mapped by themselves, which keeps indices short.
    static List<Index> reindex(Shape from, Shape to, List<Index> at) {
        List<Index> result = new ArrayList<>();
        int fromEnd = from.rank();
        int toEnd = to.rank();
        while (toEnd > 0) {
            int fromStart = fromEnd;
            int toStart = toEnd;
            long fromProduct = 1;
            long toProduct = 1;
            do {
                if (fromStart > 0 && (fromProduct < toProduct || toStart == 0 || fromStart == fromEnd)) {
                    fromProduct *= from.dim(--fromStart);
                } else {
                    toProduct *= to.dim(--toStart);
                }
            } while ((fromProduct != toProduct || toStart == toEnd) && (fromStart > 0 || toStart > 0));
            Index flat = Index.ZERO;
            for (int axis = fromStart; axis < fromEnd; axis++) {
                flat = flat.times(from.dim(axis)).plus(at.get(axis));
            }
            for (int axis = toEnd - 1; axis >= toStart; axis--) {
                long extent = to.dim(axis);
                result.add(axis == toStart ? flat : flat.modulo(extent));
                flat = extent == 0 ? flat : flat.dividedBy(extent);
            }
            fromEnd = fromStart;
            toEnd = toStart;
        }
        Collections.reverse(result);
        return result;
    }

    @Override
    public Role role() {
        return Role.RESHAPE;
    }

    @Override
    public Reach reach(Signature types) {
        return Reach.reshaped(types.input(0).shape(), types.output().shape());
    }

    @Override
    public boolean isIdentity(Signature types) {
        return types.output().equals(types.input(0));
    }

    @Override
    public Exactness exactness() {
        return Exactness.EXACT;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        MovementReference.copy(inputs, outputs);
    }
}
