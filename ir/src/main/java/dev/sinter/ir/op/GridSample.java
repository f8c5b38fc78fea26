package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.GridSampleReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/// Elements of `x[N, C, D…]` at the places that `grid[N, O…, r]` states, r being the number of spatial dimensions D;
/// the output is `[N, C, O…]`. A place has the coordinate along the last dimension first, from -1 at one end to 1 at
/// the other.
///
/// Source: Jaderberg et al., "Spatial transformer networks", NeurIPS 2015; ONNX, operator GridSample.
///
/// @param alignCorners if -1 and 1 are the centres of the first and last element, not their outer edges
public record GridSample(Mode mode, Padding padding, boolean alignCorners) implements Op {
    /// Source: Keys, 1981, as `Resize` has it.
    static final double CUBIC_COEFFICIENT = -0.75;

    /// What stands between elements.
    public enum Mode {
        NEAREST,
        LINEAR,
        CUBIC
    }

    /// What stands beyond the ends.
    public enum Padding {
        ZEROS,
        BORDER,
        REFLECTION
    }

    @Override
    public String mnemonic() {
        return "grid_sample";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 2, 2);
        Checks.floating(this, inputs);
        Shape x = inputs.get(0).shape();
        Shape grid = inputs.get(1).shape();
        Checks.rank(this, "the input", inputs.get(0), 3, 5);
        Checks.rank(this, "the grid", inputs.get(1), x.rank(), x.rank());
        int space = x.rank() - 2;
        Checks.attribute(
                this,
                mode != Mode.CUBIC || space <= 2,
                "cubic interpolation of " + x + " is known in 1 and 2 dimensions");
        if (grid.dim(0) != x.dim(0) || grid.dim(x.rank() - 1) != space) {
            throw Checks.fault(
                    Code.SHAPE_MISMATCH,
                    this,
                    "the grid has shape " + grid + " but the input has " + x,
                    "a grid is [batch, output extents, " + space + "]");
        }
        List<Long> dims = new ArrayList<>(x.dims().subList(0, 2));
        dims.addAll(grid.dims().subList(1, x.rank() - 1));
        Shape shape = new Shape(dims);
        Checks.attribute(
                this,
                !x.dims().subList(2, x.rank()).contains(0L) || shape.elements() == 0,
                "samples " + x + " of no elements");
        return List.of(inputs.getFirst().withShape(shape));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        List<Axis> axes = SpatialAxes.output(types.output().shape());
        List<Index> at = axes.stream().map(Index::of).toList();
        List<Index> gridRow = new ArrayList<>(List.of(at.get(0)));
        gridRow.addAll(at.subList(2, at.size()));
        int space = at.size() - 2;
        List<SampledAxis> sampled = new ArrayList<>();
        for (int dimension = 0; dimension < space; dimension++) {
            List<Index> stated = new ArrayList<>(gridRow);
            stated.add(Index.of(space - 1L - dimension));
            long extent = types.input(0).shape().dim(dimension + 2);
            sampled.add(SampledAxis.of(this, inputs.get(1).at(stated), extent));
        }
        return List.of(Stage.map(mnemonic(), axes, SampledAxis.sum(sampled, inputs.get(0), at.subList(0, 2))));
    }

    @Override
    public Role role() {
        return Role.MOVEMENT;
    }

    /// Its grid is places in a picture, of which float16 has too few.
    @Override
    public HalfPrecision inHalf(Signature types) {
        return HalfPrecision.STAYS;
    }

    @Override
    public Exactness exactness() {
        return Exactness.ROUNDED;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        GridSampleReference.sample(
                new GridSampleReference.Manner(mode.name(), padding.name(), alignCorners), rounding, inputs, outputs);
    }
}
