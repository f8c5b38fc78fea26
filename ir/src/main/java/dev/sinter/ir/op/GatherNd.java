package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.GatherReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/// Parts of the first input, at the coordinates that the rows of the second state: its last dimension has one for each
/// of as many dimensions of the input, after the first `batchDims`, which both have in common. Indices are as in
/// [Gather].
public record GatherNd(long batchDims) implements Op {
    @Override
    public String mnemonic() {
        return "gather_nd";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 2, 2);
        StatedIndex.check(this, 1, inputs.get(1));
        Shape x = inputs.get(0).shape();
        Shape indices = inputs.get(1).shape();
        Checks.rank(this, "indices", inputs.get(1), 1, Integer.MAX_VALUE);
        Checks.attribute(
                this,
                0 <= batchDims && batchDims < Math.min(x.rank(), indices.rank()),
                "batch dimensions " + batchDims + " of an input " + x + " and indices " + indices);
        int batch = Math.toIntExact(batchDims);
        long coordinates = indices.dim(indices.rank() - 1);
        boolean fits = x.dims().subList(0, batch).equals(indices.dims().subList(0, batch))
                && 1 <= coordinates
                && coordinates <= x.rank() - batch;
        if (!fits) {
            throw Checks.fault(
                    Code.SHAPE_MISMATCH,
                    this,
                    "indices have shape " + indices + " but the input has " + x + ", with " + batch
                            + " batch dimensions",
                    "the last extent says how many dimensions are indexed, and batch dimensions are equal");
        }
        int indexed = batch + Math.toIntExact(coordinates);
        List<Long> dims = new ArrayList<>(indices.dims().subList(0, indices.rank() - 1));
        dims.addAll(x.dims().subList(indexed, x.rank()));
        boolean empty = x.dims().subList(batch, indexed).contains(0L);
        Shape shape = new Shape(dims);
        Checks.attribute(this, !empty || shape.elements() == 0, "picks elements of an input " + x + " without any");
        return List.of(inputs.getFirst().withShape(shape));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Shape x = types.input(0).shape();
        Shape indices = types.input(1).shape();
        int batch = Math.toIntExact(batchDims);
        int rows = indices.rank() - 1;
        int coordinates = Math.toIntExact(indices.dim(rows));
        List<Axis> axes = Stage.axesOf(types.output().shape(), "i");
        List<Index> at = axes.stream().map(Index::of).toList();
        List<Index> source = new ArrayList<>(at.subList(0, batch));
        for (int coordinate = 0; coordinate < coordinates; coordinate++) {
            List<Index> stated = new ArrayList<>(at.subList(0, rows));
            stated.add(Index.of(coordinate));
            source.add(StatedIndex.of(inputs.get(1).at(stated), x.dim(batch + coordinate)));
        }
        source.addAll(at.subList(rows, at.size()));
        return List.of(Stage.map(mnemonic(), axes, inputs.getFirst().at(source)));
    }

    @Override
    public Role role() {
        return Role.MOVEMENT;
    }

    @Override
    public Exactness exactness() {
        return Exactness.EXACT;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        GatherReference.parts(Math.toIntExact(batchDims), inputs, outputs);
    }
}
