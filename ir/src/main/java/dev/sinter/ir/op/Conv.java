package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.ConvReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.List;

/// Convolution as frameworks mean it, that is, cross-correlation: the kernel is not flipped.
///
/// Inputs: x `[N, C, D…]`, weights `[M, C/groups, K…]`, optional bias `[M]`; output `[N, M, E…]`.
/// y\[n,m,e] = b\[m] + Σ x\[n, g·C/groups + c, e·stride + k·dilation - pad] · w\[m,c,k] with g = m / (M/groups); x is
/// zero outside.
public record Conv(List<Long> strides, List<Long> pads, List<Long> dilations, long groups) implements Op {
    public Conv {
        strides = List.copyOf(strides);
        pads = List.copyOf(pads);
        dilations = List.copyOf(dilations);
    }

    /// Over two dimensions, the same in both, without dilation or groups.
    public static Conv of(long stride, long pad) {
        return new Conv(List.of(stride, stride), List.of(pad, pad, pad, pad), List.of(1L, 1L), 1);
    }

    @Override
    public String mnemonic() {
        return "conv";
    }

    /// The window that weights of shape `weights` slide over the input.
    public Window window(Shape weights) {
        return new Window(weights.dims().subList(2, weights.rank()), strides, pads, dilations, false);
    }

    /// True if each output channel is made of one input channel of its own, of several.
    public boolean isDepthwise(Signature types) {
        return groups > 1
                && groups == types.input(0).shape().dim(1)
                && groups == types.output().shape().dim(1);
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 2, 3);
        Checks.numeric(this, inputs);
        TensorType x = inputs.get(0);
        TensorType w = inputs.get(1);
        Checks.rank(this, "input", x, 3, 5);
        Checks.rank(this, "weight", w, x.shape().rank(), x.shape().rank());
        long channels = x.shape().dim(1);
        Checks.groups(this, groups);
        if (channels != w.shape().dim(1) * groups) {
            throw Checks.fault(
                    Code.SHAPE_CHANNELS,
                    this,
                    "input has " + channels + " channels but weight " + w + " expects "
                            + w.shape().dim(1) + " x group " + groups,
                    "tensors are NCHW, weights OIHW");
        }
        long outputs = w.shape().dim(0);
        Checks.attribute(
                this, outputs % groups == 0, outputs + " output channels do not divide into " + groups + " groups");
        if (inputs.size() == 3) {
            Checks.vector(this, "bias", inputs.get(2), outputs);
        }
        return List.of(x.withShape(window(w.shape()).outputShape(mnemonic(), x.shape(), outputs)));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Access x = inputs.get(0);
        Access w = inputs.get(1);
        Window window = window(w.type().shape());
        List<Axis> axes = SpatialAxes.output(types.output().shape());
        Axis inputChannel = new Axis("ic", w.type().shape().dim(1));
        List<Axis> points = SpatialAxes.window(window);

        Index outputChannel = Index.of(axes.get(1));
        long outputsPerGroup = types.output().shape().dim(1) / groups;
        Index group = outputChannel.dividedBy(outputsPerGroup);
        List<Index> at = new ArrayList<>();
        at.add(Index.of(axes.get(0)));
        at.add(group.times(inputChannel.extent()).plus(Index.of(inputChannel)));
        List<Index> weightAt = new ArrayList<>(List.of(outputChannel, Index.of(inputChannel)));
        for (int axis = 0; axis < window.rank(); axis++) {
            Index point = Index.of(points.get(axis));
            at.add(WindowIndex.input(window, axis, Index.of(axes.get(axis + 2)), point));
            weightAt.add(point);
        }
        Expr zero = Expr.constant(0, x.type().element());
        List<Axis> reduction = new ArrayList<>(List.of(inputChannel));
        reduction.addAll(points);
        Stage sum = Stage.sum("conv", axes, reduction, x.atOr(zero, at).times(w.at(weightAt)));
        return List.of(inputs.size() < 3 ? sum : Bias.add(sum, inputs.get(2).at(outputChannel)));
    }

    @Override
    public Role role() {
        return Role.CONTRACTION;
    }

    @Override
    public Reach reach(Signature types) {
        return new Reach.Sliding(window(types.input(1).shape()));
    }

    /// How many products each output element sums up.
    long terms(List<TensorType> inputs) {
        Shape weights = inputs.get(1).shape();
        return weights.elements() / Math.max(1, weights.dim(0));
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
        ConvReference.evaluate(window(inputs.get(1).type().shape()), groups, rounding, inputs, outputs);
    }
}
