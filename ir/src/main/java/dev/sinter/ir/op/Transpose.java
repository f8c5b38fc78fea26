package dev.sinter.ir.op;

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
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Dimensions in another order: output dimension i is input dimension `permutation[i]`.
public record Transpose(List<Long> permutation) implements Op {
    public Transpose {
        permutation = List.copyOf(permutation);
    }

    @Override
    public String mnemonic() {
        return "transpose";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 1);
        Shape x = inputs.getFirst().shape();
        List<Long> identity = LongStream.range(0, x.rank()).boxed().toList();
        Checks.attribute(
                this,
                permutation.stream().sorted().toList().equals(identity),
                "permutation " + Excerpt.of(permutation) + " is not an order of the dimensions of " + x);
        return List.of(inputs.getFirst()
                .withShape(new Shape(
                        permutation.stream().map(axis -> x.dim(axis.intValue())).toList())));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        List<Axis> axes = Stage.axesOf(types.output().shape(), "i");
        Index[] at = new Index[axes.size()];
        for (int axis = 0; axis < at.length; axis++) {
            at[permutation.get(axis).intValue()] = Index.of(axes.get(axis));
        }
        return List.of(Stage.map("transpose", axes, inputs.getFirst().at(Arrays.asList(at))));
    }

    @Override
    public Role role() {
        return Role.MOVEMENT;
    }

    @Override
    public Reach reach(Signature types) {
        int last = permutation.size() - 1;
        while (last >= 0 && permutation.get(last) == last) {
            last--;
        }
        return new Reach.SamePlace(permutation.size() - 1 - last);
    }

    @Override
    public boolean isIdentity(Signature types) {
        return IntStream.range(0, permutation.size()).allMatch(axis -> permutation.get(axis) == axis);
    }

    @Override
    public Exactness exactness() {
        return Exactness.EXACT;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        MovementReference.transpose(permutation, inputs, outputs);
    }
}
