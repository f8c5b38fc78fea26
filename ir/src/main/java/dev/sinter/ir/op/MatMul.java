package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.MatMulReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/// Matrix product of `[…, M, K]` and `[…, K, N]` as NumPy's: leading dimensions broadcast, and an operand of rank 1 is
/// a row on the left, a column on the right, whose dimension of 1 the result does not have.
public record MatMul() implements Op {
    @Override
    public String mnemonic() {
        return "matmul";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 2, 2);
        Checks.numeric(this, inputs);
        Checks.rank(this, "left", inputs.get(0), 1, 8);
        Checks.rank(this, "right", inputs.get(1), 1, 8);
        Shape a = inputs.get(0).shape();
        Shape b = inputs.get(1).shape();
        long inner = b.dim(Math.max(0, b.rank() - 2));
        if (a.dim(a.rank() - 1) != inner) {
            throw Checks.fault(
                    Code.SHAPE_MISMATCH,
                    this,
                    "left " + a + " has " + a.dim(a.rank() - 1) + " columns but right " + b + " has " + inner + " rows",
                    null);
        }
        Shape batch = Shape.broadcast(leading(a), leading(b))
                .orElseThrow(() -> Checks.fault(
                        Code.SHAPE_BROADCAST,
                        this,
                        "leading dimensions of " + a + " and " + b + " do not broadcast",
                        null));
        List<Long> dims = new ArrayList<>(batch.dims());
        if (a.rank() > 1) {
            dims.add(a.dim(a.rank() - 2));
        }
        if (b.rank() > 1) {
            dims.add(b.dim(b.rank() - 1));
        }
        return List.of(inputs.getFirst().withShape(new Shape(dims)));
    }

    private static Shape leading(Shape shape) {
        return new Shape(shape.dims().subList(0, Math.max(0, shape.rank() - 2)));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Access a = inputs.get(0);
        Access b = inputs.get(1);
        Shape left = a.type().shape();
        Shape right = b.type().shape();
        List<Axis> axes = Stage.axesOf(types.output().shape(), "i");
        Axis along = new Axis("k", left.dim(left.rank() - 1));
        List<Index> at = axes.stream().map(Index::of).toList();
        int columns = right.rank() > 1 ? 1 : 0;
        int rows = left.rank() > 1 ? 1 : 0;
        List<Index> batch = at.subList(0, at.size() - rows - columns);

        List<Index> leftAt = broadcast(left, batch);
        List<Index> rightAt = broadcast(right, batch);
        if (rows > 0) {
            leftAt.add(at.get(batch.size()));
        }
        leftAt.add(Index.of(along));
        rightAt.add(Index.of(along));
        if (columns > 0) {
            rightAt.add(at.getLast());
        }
        return List.of(Stage.sum("matmul", axes, List.of(along), a.at(leftAt).times(b.at(rightAt))));
    }

    private static List<Index> broadcast(Shape operand, List<Index> batch) {
        List<Index> at = new ArrayList<>();
        int own = Math.max(0, operand.rank() - 2);
        for (int axis = 0; axis < own; axis++) {
            at.add(operand.dim(axis) == 1 ? Index.ZERO : batch.get(batch.size() - own + axis));
        }
        return at;
    }

    @Override
    public Role role() {
        return Role.CONTRACTION;
    }

    /// How many products each output element sums up.
    long terms(List<TensorType> inputs) {
        return inputs.getFirst().shape().dims().getLast();
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
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        MatMulReference.evaluate(rounding, inputs, outputs);
    }
}
