package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.DeformConvReference;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.List;

/// Convolution in two dimensions whose window has each of its points moved by offsets that are computed: what lies
/// between elements is interpolated linearly, what lies outside is zero. Inputs are `x[N, C, H, W]`, weights `[M, C /
/// groups, kH, kW]`, offsets `[N, offsetGroups · kH · kW · 2, oH, oW]` (down, then right, for each point), and, with
/// `masked`, factors `[N, offsetGroups · kH · kW, oH, oW]`.
///
/// Source: Dai et al., "Deformable convolutional networks", ICCV 2017; Zhu et al., "Deformable ConvNets v2", CVPR 2019.
///
/// @param pads begins, then ends
public record DeformConv(
        List<Long> strides, List<Long> pads, List<Long> dilations, long groups, long offsetGroups, boolean masked)
        implements Op {
    private static final GridSample LINEAR = new GridSample(GridSample.Mode.LINEAR, GridSample.Padding.ZEROS, false);

    public DeformConv {
        strides = List.copyOf(strides);
        pads = List.copyOf(pads);
        dilations = List.copyOf(dilations);
    }

    @Override
    public String mnemonic() {
        return "deform_conv";
    }

    public Window window(Shape weights) {
        return new Window(weights.dims().subList(2, 4), strides, pads, dilations, false);
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        int count = masked ? 4 : 3;
        Checks.operands(this, inputs, count, count);
        Checks.floating(this, inputs);
        for (int i = 0; i < count; i++) {
            Checks.rank(this, "input " + i, inputs.get(i), 4, 4);
        }
        Checks.groups(this, groups);
        Shape x = inputs.get(0).shape();
        Shape weights = inputs.get(1).shape();
        boolean fits = weights.dim(1) * groups == x.dim(1)
                && weights.dim(0) % groups == 0
                && offsetGroups >= 1
                && x.dim(1) % offsetGroups == 0;
        if (!fits) {
            throw Checks.fault(
                    Code.SHAPE_CHANNELS,
                    this,
                    "input is " + x + " but weights are " + weights + " in " + groups + " groups, with " + offsetGroups
                            + " groups of offsets",
                    "weights are [M, C / groups, kH, kW], and both numbers of groups divide the channels");
        }
        Shape y = window(weights).outputShape(mnemonic(), x, weights.dim(0));
        long points = offsetGroups * weights.dim(2) * weights.dim(3);
        requireOffsets(inputs.get(2), Shape.of(x.dim(0), 2 * points, y.dim(2), y.dim(3)), "offsets are ");
        if (masked) {
            requireOffsets(inputs.get(3), Shape.of(x.dim(0), points, y.dim(2), y.dim(3)), "factors are ");
        }
        return List.of(inputs.getFirst().withShape(y));
    }

    private void requireOffsets(TensorType found, Shape expected, String what) {
        if (!found.shape().equals(expected)) {
            throw Checks.fault(Code.SHAPE_MISMATCH, this, what + found + " but " + expected + " is expected", null);
        }
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Shape x = types.input(0).shape();
        Shape weights = types.input(1).shape();
        List<Axis> axes = SpatialAxes.output(types.output().shape());
        Axis channel = new Axis("ic", weights.dim(1));
        Axis row = new Axis("kh", weights.dim(2));
        Axis column = new Axis("kw", weights.dim(3));
        List<Index> at = axes.stream().map(Index::of).toList();
        Index source = at.get(1)
                .dividedBy(weights.dim(0) / groups)
                .times(weights.dim(1))
                .plus(Index.of(channel));
        Index point = source.dividedBy(x.dim(1) / offsetGroups)
                .times(row.extent() * column.extent())
                .plus(Index.of(row).times(column.extent()))
                .plus(Index.of(column));
        List<SampledAxis> sampled = new ArrayList<>();
        for (int dimension = 0; dimension < 2; dimension++) {
            Index start = at.get(dimension + 2)
                    .times(strides.get(dimension))
                    .plus(Index.of(dimension == 0 ? row : column).times(dilations.get(dimension)))
                    .plus(-pads.get(dimension));
            Expr moved = inputs.get(2).at(at.get(0), point.times(2).plus(dimension), at.get(2), at.get(3));
            Expr place = number(start, moved.type()).plus(moved);
            sampled.add(SampledAxis.at(LINEAR, place, x.dim(dimension + 2)));
        }
        Expr element = SampledAxis.sum(sampled, inputs.get(0), List.of(at.get(0), source));
        if (masked) {
            element = element.times(inputs.get(3).at(at.get(0), point, at.get(2), at.get(3)));
        }
        Expr weight = inputs.get(1).at(at.get(1), Index.of(channel), Index.of(row), Index.of(column));
        return List.of(Stage.sum(mnemonic(), axes, List.of(channel, row, column), weight.times(element)));
    }

    private static Expr number(Index index, ElementType type) {
        return new Expr.Position(index, type);
    }

    @Override
    public Role role() {
        return Role.MOVEMENT;
    }

    /// Its offsets are places in a picture, of which float16 has too few.
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
        DeformConvReference.conv(
                new DeformConvReference.Form(strides, pads, dilations, groups, offsetGroups),
                rounding,
                inputs,
                outputs);
    }
}
