package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.ConvWeightGradientReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.List;

/// The gradient of [Conv] with respect to its weights.
///
/// Inputs: the convolution's x `[N, C, D…]`, and dy `[N, M, E…]`, the gradient with respect to its output; output
/// `[M, C/groups, K…]`, K being `kernel`. With g = m / (M/groups),
/// dw\[m,c,k] = Σ over n and e of x\[n, g·C/groups + c, e·stride + k·dilation - pad] · dy\[n,m,e] (Dumoulin and Visin,
/// 2016). E may be smaller than the convolution's own: what is not there adds nothing.
public record ConvWeightGradient(
        List<Long> kernel, List<Long> strides, List<Long> pads, List<Long> dilations, long groups) implements Op {
    public ConvWeightGradient {
        kernel = List.copyOf(kernel);
        strides = List.copyOf(strides);
        pads = List.copyOf(pads);
        dilations = List.copyOf(dilations);
    }

    @Override
    public String mnemonic() {
        return "conv_weight_gradient";
    }

    /// The convolution's window.
    public Window window() {
        return new Window(kernel, strides, pads, dilations, false);
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 2, 2);
        Checks.floating(this, inputs);
        Checks.rank(this, "input", inputs.get(0), 3, 5);
        Shape x = inputs.get(0).shape();
        Shape gradient = inputs.get(1).shape();
        Checks.rank(this, "output gradient", inputs.get(1), x.rank(), x.rank());
        Checks.groups(this, groups);
        Checks.attribute(
                this,
                x.dim(1) % groups == 0 && gradient.dim(1) % groups == 0,
                x.dim(1) + " and " + gradient.dim(1) + " channels do not divide into " + groups + " groups");
        Shape largest = window().outputShape(mnemonic(), x, gradient.dim(1));
        for (int axis = 0; axis < x.rank(); axis++) {
            if (axis == 0 ? gradient.dim(0) != x.dim(0) : gradient.dim(axis) > largest.dim(axis)) {
                throw Checks.fault(
                        Code.SHAPE_MISMATCH,
                        this,
                        "output gradient has shape " + gradient + " but the convolution's output has " + largest,
                        "kernel, strides, pads and dilations are those of the convolution");
            }
        }
        List<Long> dims = new ArrayList<>(List.of(gradient.dim(1), x.dim(1) / groups));
        dims.addAll(kernel);
        return List.of(inputs.get(0).withShape(new Shape(dims)));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Access x = inputs.get(0);
        Window window = window();
        Shape gradient = types.input(1).shape();
        Access columns = Access.of(channelsLast(inputs.get(1)));
        List<Axis> axes = new ArrayList<>(List.of(
                new Axis("m", gradient.dim(1)),
                new Axis("c", types.output().shape().dim(1))));
        axes.addAll(SpatialAxes.window(window));
        List<Axis> reduction = SpatialAxes.output(gradient);
        reduction.remove(1);

        Index outputChannel = Index.of(axes.get(0));
        Index group = outputChannel.dividedBy(gradient.dim(1) / groups);
        Index position = Index.of(reduction.getFirst());
        List<Index> at = new ArrayList<>(
                List.of(position, group.times(axes.get(1).extent()).plus(Index.of(axes.get(1)))));
        for (int axis = 0; axis < window.rank(); axis++) {
            Index output = Index.of(reduction.get(axis + 1));
            at.add(WindowIndex.input(window, axis, output, Index.of(axes.get(axis + 2))));
            position = position.times(gradient.dim(axis + 2)).plus(output);
        }
        Expr zero = Expr.constant(0, x.type().element());
        Expr product = x.atOr(zero, at).times(columns.at(position, outputChannel));
        return List.of(Stage.sum(mnemonic(), axes, reduction, product));
    }

    /// The output gradient as a matrix of positions and channels. A schedule may put it into memory, and then the
    /// channels of a position lie side by side: as a vector that many elements of x are multiplied with.
    private static Stage channelsLast(Access gradient) {
        Shape shape = gradient.type().shape();
        long positions = shape.elements() / shape.dim(1);
        List<Axis> axes = List.of(new Axis("p", positions), new Axis("m", shape.dim(1)));
        List<Index> at = new ArrayList<>();
        Index rest = Index.of(axes.get(0));
        for (int axis = shape.rank() - 1; axis >= 2; axis--) {
            at.addFirst(rest.modulo(shape.dim(axis)));
            rest = rest.dividedBy(shape.dim(axis));
        }
        at.addFirst(Index.of(axes.get(1)));
        at.addFirst(rest);
        return Stage.map("channels_last", axes, gradient.at(at));
    }

    @Override
    public Role role() {
        return Role.CONTRACTION;
    }

    @Override
    public Exactness exactness() {
        return Exactness.EXACT;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        ConvWeightGradientReference.evaluate(window(), groups, rounding, inputs, outputs);
    }
}
