package dev.sinter.ir.analysis;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.AveragePool;
import dev.sinter.ir.op.AveragePoolGradient;
import dev.sinter.ir.op.BatchNormalization;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Clip;
import dev.sinter.ir.op.Concat;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.ConvTranspose;
import dev.sinter.ir.op.ConvWeightGradient;
import dev.sinter.ir.op.CustomOp;
import dev.sinter.ir.op.Dropout;
import dev.sinter.ir.op.Flatten;
import dev.sinter.ir.op.Gate;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.Identity;
import dev.sinter.ir.op.LeakyRelu;
import dev.sinter.ir.op.Lrn;
import dev.sinter.ir.op.MatMul;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.MaxPoolGradient;
import dev.sinter.ir.op.PRelu;
import dev.sinter.ir.op.Pad;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.Softmax;
import dev.sinter.ir.op.SoftmaxCrossEntropy;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.op.Window;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/// What of a picture every tensor of a network depends on. Where branches meet, the largest over all paths; what is not
/// known to be local counts as the whole picture.
public final class ReceptiveFields {
    private final Map<Value, ReceptiveField> fields = new IdentityHashMap<>();

    private ReceptiveFields() {}

    /// @param picture an input of the graph, `[N, C, D…]`
    public static ReceptiveFields of(Graph graph, Value picture) {
        ReceptiveFields all = new ReceptiveFields();
        int dimensions = picture.type().shape().rank() - 2;
        all.fields.put(picture, new ReceptiveField.Local(Collections.nCopies(dimensions, AxisField.PIXEL)));
        for (Node node : graph.nodes()) {
            ReceptiveField field = all.field(node);
            node.outputs().forEach(output -> all.fields.put(output, field));
        }
        return all;
    }

    public ReceptiveField of(Value value) {
        return fields.getOrDefault(value, new ReceptiveField.Nothing());
    }

    private ReceptiveField field(Node node) {
        ReceptiveField read =
                node.inputs().stream().map(this::of).reduce(new ReceptiveField.Nothing(), ReceptiveField::with);
        return read instanceof ReceptiveField.Local local ? field(node, local) : read;
    }

    private ReceptiveField field(Node node, ReceptiveField.Local read) {
        Shape input = node.input(0).type().shape();
        Shape output = node.output().type().shape();
        int dimensions = read.axes().size();
        int firstAxis = input.rank() - dimensions;
        Optional<ReceptiveField> seen = switch (node.op()) {
            case Conv conv -> under(read, conv.window(node.input(1).type().shape()));
            case MaxPool pool -> under(read, pool.window());
            case AveragePool pool -> under(read, pool.window());
            case ConvTranspose conv ->
                spread(read, conv.window(node.input(1).type().shape()));
            case Unary _, LeakyRelu _, PRelu _, Clip _, BatchNormalization _, Lrn _, Identity _, Dropout _ ->
                Optional.of(read);
            case Binary _, Gate _ -> keepPlaces(node, dimensions) ? Optional.of(read) : Optional.empty();
            case Softmax(long axis) -> unlessAlong(read, input.normaliseAxis(axis), firstAxis);
            case Concat(long axis) -> unlessAlong(read, input.normaliseAxis(axis), firstAxis);
            case Reduce reduce ->
                reduce.normalisedAxes(input).stream().allMatch(axis -> axis < firstAxis)
                        ? Optional.of(read)
                        : Optional.empty();
            case Reshape _, Flatten _ -> sameEnd(input, output, dimensions) ? Optional.of(read) : Optional.empty();
            case Transpose(List<Long> permutation) ->
                LongStream.range(firstAxis, input.rank()).allMatch(axis -> permutation.get((int) axis) == axis)
                        ? Optional.of(read)
                        : Optional.empty();
            case Pad(List<Long> pads, _, _) -> Optional.of(shifted(read, pads.subList(firstAxis, input.rank())));
            case MatMul _,
                    Gemm _,
                    ConvWeightGradient _,
                    MaxPoolGradient _,
                    AveragePoolGradient _,
                    SoftmaxCrossEntropy _,
                    CustomOp _ -> Optional.empty();
        };
        return seen.orElseGet(ReceptiveField.Whole::new);
    }

    private static Optional<ReceptiveField> under(ReceptiveField.Local read, Window window) {
        return eachAxis(read, window, (field, axis) -> field.under(window, axis));
    }

    private static Optional<ReceptiveField> spread(ReceptiveField.Local read, Window window) {
        return eachAxis(read, window, (field, axis) -> field.spread(window, axis));
    }

    /// What becomes of one dimension.
    private interface Step {
        AxisField of(AxisField field, int axis);
    }

    private static Optional<ReceptiveField> eachAxis(ReceptiveField.Local read, Window window, Step step) {
        if (window.rank() != read.axes().size()) {
            return Optional.empty();
        }
        List<AxisField> axes = new ArrayList<>();
        for (int axis = 0; axis < window.rank(); axis++) {
            axes.add(step.of(read.axes().get(axis), axis));
        }
        return Optional.of(new ReceptiveField.Local(axes));
    }

    private static ReceptiveField shifted(ReceptiveField.Local read, List<Long> begins) {
        List<AxisField> axes = new ArrayList<>();
        for (int axis = 0; axis < begins.size(); axis++) {
            axes.add(read.axes().get(axis).shifted(begins.get(axis)));
        }
        return new ReceptiveField.Local(axes);
    }

    private static Optional<ReceptiveField> unlessAlong(ReceptiveField.Local read, int axis, int firstAxis) {
        return axis < firstAxis ? Optional.of(read) : Optional.empty();
    }

    /// Whether no operand that sees the picture is stretched over more places than it has.
    private boolean keepPlaces(Node node, int dimensions) {
        Shape output = node.output().type().shape();
        return node.inputs().stream()
                .filter(input -> of(input) instanceof ReceptiveField.Local)
                .allMatch(input -> sameEnd(input.type().shape(), output, dimensions));
    }

    private static boolean sameEnd(Shape a, Shape b, int dimensions) {
        return a.rank() > dimensions
                && b.rank() > dimensions
                && end(a, dimensions).equals(end(b, dimensions));
    }

    private static List<Long> end(Shape shape, int dimensions) {
        return shape.dims().subList(shape.rank() - dimensions, shape.rank());
    }
}
