package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.ConvTransposeReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.List;

/// Transposed convolution: the gradient of [Conv] with respect to its input.
///
/// Inputs: x `[N, C, D…]`, weights `[C, M/groups, K…]`, optional bias `[M]`; output `[N, M, E…]` with
/// E = stride · (D - 1) + outputPad + dilation · (K - 1) + 1 - begin - end.
public record ConvTranspose(
        List<Long> strides, List<Long> pads, List<Long> outputPads, List<Long> dilations, long groups) implements Op {
    public ConvTranspose {
        strides = List.copyOf(strides);
        pads = List.copyOf(pads);
        outputPads = List.copyOf(outputPads);
        dilations = List.copyOf(dilations);
    }

    @Override
    public String mnemonic() {
        return "conv_transpose";
    }

    public Window window(Shape weights) {
        return new Window(weights.dims().subList(2, weights.rank()), strides, pads, dilations, false);
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 2, 3);
        Checks.floating(this, inputs);
        Shape x = inputs.get(0).shape();
        Shape w = inputs.get(1).shape();
        Checks.rank(this, "input", inputs.get(0), 3, 5);
        Checks.rank(this, "weight", inputs.get(1), x.rank(), x.rank());
        Checks.groups(this, groups);
        if (x.dim(1) != w.dim(0)) {
            throw Checks.fault(
                    Code.SHAPE_CHANNELS,
                    this,
                    "input has " + x.dim(1) + " channels but weight " + w + " expects " + w.dim(0),
                    "weights of a transposed convolution are [C, M/groups, K...]");
        }
        Checks.attribute(this, x.dim(1) % groups == 0, x.dim(1) + " channels do not divide into " + groups + " groups");
        Window window = window(w);
        Checks.attribute(
                this,
                outputPads.size() == window.rank(),
                "outputPads " + outputPads + " needs " + window.rank() + " entries");
        Checks.attribute(
                this,
                outputPads.stream().allMatch(pad -> pad >= 0 && pad <= Integer.MAX_VALUE),
                "outputPads " + outputPads + " must be from 0 to " + Integer.MAX_VALUE);
        long channels = w.dim(1) * groups;
        if (inputs.size() == 3) {
            Checks.vector(this, "bias", inputs.get(2), channels);
        }
        List<Long> dims = new ArrayList<>(List.of(x.dim(0), channels));
        for (int axis = 0; axis < window.rank(); axis++) {
            long extent = strides.get(axis) * (x.dim(axis + 2) - 1)
                    + outputPads.get(axis)
                    + window.span(axis)
                    - window.padBegin(axis)
                    - window.padEnd(axis);
            if (extent < 1) {
                throw Checks.fault(
                        Code.SHAPE_WINDOW,
                        this,
                        "output dimension " + (axis + 2) + " would have " + extent + " elements but needs at least 1",
                        "use less padding");
            }
            dims.add(extent);
        }
        Shape output = new Shape(dims);
        window.requirePadded(mnemonic(), output);
        return List.of(inputs.get(0).withShape(output));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Access x = inputs.get(0);
        Access w = inputs.get(1);
        Window window = window(w.type().shape());
        List<Axis> axes = SpatialAxes.output(types.output().shape());
        Axis inputChannel = new Axis("ic", x.type().shape().dim(1) / groups);
        List<Axis> points = SpatialAxes.window(window);
        long outputsPerGroup = w.type().shape().dim(1);

        Index outputChannel = Index.of(axes.get(1));
        Index channel = outputChannel
                .dividedBy(outputsPerGroup)
                .times(inputChannel.extent())
                .plus(Index.of(inputChannel));
        List<Index> at = new ArrayList<>(List.of(Index.of(axes.get(0)), channel));
        List<Index> weightAt = new ArrayList<>(List.of(channel, outputChannel.modulo(outputsPerGroup)));
        List<Index> phases = new ArrayList<>();
        for (int axis = 0; axis < window.rank(); axis++) {
            Index point = Index.of(points.get(axis));
            Index scaled =
                    Index.of(axes.get(axis + 2)).plus(window.padBegin(axis)).minus(point.times(dilations.get(axis)));
            at.add(scaled.dividedBy(strides.get(axis)));
            phases.add(scaled.modulo(strides.get(axis)));
            weightAt.add(point);
        }
        Expr zero = Expr.constant(0, x.type().element());
        Expr value = x.atOr(zero, at);
        // Only where the stride divides does the input have an element; between them lie the zeros it was spread by.
        for (Index phase : phases) {
            value = phase.range().hi() == 0 ? value : new Expr.Within(phase, 0, 1, value, zero);
        }
        List<Axis> reduction = new ArrayList<>(List.of(inputChannel));
        reduction.addAll(points);
        Stage sum = Stage.sum("conv_transpose", axes, reduction, value.times(w.at(weightAt)));
        return List.of(inputs.size() < 3 ? sum : Bias.add(sum, inputs.get(2).at(outputChannel)));
    }

    @Override
    public Role role() {
        return Role.CONTRACTION;
    }

    @Override
    public Reach reach(Signature types) {
        return new Reach.Spreading(window(types.input(1).shape()));
    }

    /// How many products each output element sums up.
    long terms(List<TensorType> inputs) {
        Shape weights = inputs.get(1).shape();
        return weights.elements() / Math.max(1, weights.dim(1)) / groups;
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
        ConvTransposeReference.evaluate(window(inputs.get(1).type().shape()), groups, rounding, inputs, outputs);
    }
}
