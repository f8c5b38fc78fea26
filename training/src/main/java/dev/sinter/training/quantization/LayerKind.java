package dev.sinter.training.quantization;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.AveragePool;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Clip;
import dev.sinter.ir.op.Concat;
import dev.sinter.ir.op.Flatten;
import dev.sinter.ir.op.Gather;
import dev.sinter.ir.op.Identity;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.Pad;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Resample;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a node can do with integers in place of real numbers.
enum LayerKind {
    /// Multiplies by constants: integer products and sums.
    PRODUCT,

    /// Computes other numbers from those it reads, which need a scale of their own.
    ARITHMETIC,

    /// Hands on some of the numbers that it reads, with the scale they have.
    MOVEMENT,

    /// Limits numbers, as rounding to a range that ends there does of itself.
    RECTIFIER,

    /// Nothing.
    NONE;

    static LayerKind of(Graph graph, Node node) {
        if (node.outputs().size() != 1 || node.output().type().element() != ElementType.FLOAT32) {
            return NONE;
        }
        if (Product.of(graph, node).isPresent()) {
            return PRODUCT;
        }
        if (data(node).stream().anyMatch(value -> graph.constant(value).isPresent())) {
            return NONE;
        }
        return switch (node.op()) {
            case MaxPool _, Reshape _, Flatten _, Transpose _, Identity _, Concat _ -> MOVEMENT;
            case Pad(List<Long> _, Pad.Mode mode, double value) ->
                mode != Pad.Mode.CONSTANT || value == 0 ? MOVEMENT : NONE;
            case Gather _ -> graph.constant(node.input(1)).isPresent() ? MOVEMENT : NONE;
            case Resample _ -> picks(graph, node) ? MOVEMENT : NONE;
            case AveragePool _ -> ARITHMETIC;
            case Reduce reduce -> isGlobalAverage(reduce, node) ? ARITHMETIC : NONE;
            case Binary(Binary.Kind kind) -> kind == Binary.Kind.ADD && sameShapes(node) ? ARITHMETIC : NONE;
            case Unary(Unary.Kind kind) -> kind == Unary.Kind.RELU ? RECTIFIER : NONE;
            case Clip(double min, double max) -> min <= 0 && max >= 0 ? RECTIFIER : NONE;
            default -> NONE;
        };
    }

    /// The tensors that a node computes with, without indices, weights and the like.
    static List<Value> data(Node node) {
        return node.op() instanceof Concat || node.op() instanceof Binary
                ? node.inputs()
                : node.inputs().subList(0, Math.min(1, node.inputs().size()));
    }

    /// The least number that a rectifier lets pass.
    static double least(Node rectifier) {
        return rectifier.op() instanceof Clip clip ? clip.min() : 0;
    }

    /// The largest number that a rectifier lets pass.
    static double most(Node rectifier) {
        return rectifier.op() instanceof Clip clip ? clip.max() : Double.POSITIVE_INFINITY;
    }

    private static boolean sameShapes(Node node) {
        return node.input(0).type().equals(node.input(1).type());
    }

    /// A resize to the nearest element.
    private static boolean picks(Graph graph, Node node) {
        Tensor weights = graph.constant(node.input(2)).orElse(null);
        return weights != null
                && weights.shape().dim(1) == 1
                && IntStream.range(0, Math.toIntExact(weights.shape().elements()))
                        .allMatch(i -> weights.get(i) == 1);
    }

    private static boolean isGlobalAverage(Reduce reduce, Node node) {
        int rank = node.input(0).type().shape().rank();
        return reduce.kind() == Reduce.Kind.MEAN
                && rank > 2
                && reduce.normalisedAxes(node.input(0).type().shape())
                        .equals(IntStream.range(2, rank).boxed().collect(Collectors.toSet()));
    }
}
