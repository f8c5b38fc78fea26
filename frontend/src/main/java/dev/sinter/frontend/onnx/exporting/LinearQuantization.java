package dev.sinter.frontend.onnx.exporting;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Cast;
import dev.sinter.ir.op.Quantize;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where a graph has the steps that QuantizeLinear and DequantizeLinear are when they are imported: a division by the
/// scale and a `quantize`; a cast to `i32`, less the zero point, a cast to `f32` and a product with the scale. Other
/// tools know networks of integers by these operators, so the steps are written as one node again.
final class LinearQuantization {
    private final Graph graph;
    private final Map<Node, Whole> wholes = new HashMap<>();
    private final Set<Node> parts = new HashSet<>();
    private final Set<Value> read = new HashSet<>();

    /// A node that stands for several.
    ///
    /// @param input what it reads beside its scale and zero point, which are constants of its form
    record Whole(Value input, NodeForm form) {}

    /// Scale and zero point in ONNX's form: single numbers, or one for each place of an axis.
    private record Parameters(Tensor scale, Tensor zeroPoint, int axis) {
        NodeForm form(String operator, String letter) {
            return NodeForm.of(operator)
                    .integer("axis", axis)
                    .operand(letter + "_scale", scale)
                    .operand(letter + "_zero_point", zeroPoint);
        }
    }

    private LinearQuantization(Graph graph) {
        this.graph = graph;
    }

    static LinearQuantization in(Graph graph) {
        LinearQuantization found = new LinearQuantization(graph);
        graph.nodes().forEach(found::look);
        graph.nodes().stream()
                .filter(node -> !found.isPart(node))
                .forEach(node -> found.read.addAll(found.endingAt(node)
                        .map(whole -> List.of(whole.input()))
                        .orElse(node.inputs())));
        return found;
    }

    /// The node that this one is the last step of.
    Optional<Whole> endingAt(Node node) {
        return Optional.ofNullable(wholes.get(node));
    }

    /// True if a later step stands for this one too.
    boolean isPart(Node node) {
        return parts.contains(node);
    }

    /// True if the constant is in none of the steps, or read all the same.
    boolean isRead(Value constant) {
        return graph.consumers(constant).isEmpty() || graph.isOutput(constant) || read.contains(constant);
    }

    private void look(Node node) {
        if (node.op() instanceof Quantize quantize && OperatorForms.isWholeByte(quantize)) {
            lookAtQuantize(node);
        } else if (isBinary(node, Binary.Kind.MUL)) {
            lookAtProduct(node);
        }
    }

    private void lookAtQuantize(Node node) {
        Node division = part(node.input(0)).orElse(null);
        if (division == null || !isBinary(division, Binary.Kind.DIV)) {
            return;
        }
        Optional<Tensor> zeroPoint =
                node.inputs().size() == 1 ? Optional.of(zero(node.output())) : graph.constant(node.input(1));
        Value x = division.input(0);
        parameters(x, graph.constant(division.input(1)), zeroPoint).ifPresent(found -> {
            wholes.put(node, new Whole(x, found.form("QuantizeLinear", "y")));
            parts.add(division);
        });
    }

    private void lookAtProduct(Node node) {
        Node toReal = part(node.input(0)).orElse(null);
        if (toReal == null
                || !isCast(toReal, ElementType.FLOAT32)
                || toReal.input(0).type().element() != ElementType.INT32) {
            return;
        }
        Value wide = toReal.input(0);
        Optional<Tensor> scale = graph.constant(node.input(1));
        if (graph.constant(wide).isPresent()) {
            dequantize(node, wide, scale, Optional.of(zero(wide)), Set.of(toReal));
            return;
        }
        Node last = part(wide).orElse(null);
        if (last != null && isBytes(last)) {
            dequantize(node, last.input(0), scale, Optional.of(zero(last.input(0))), Set.of(toReal, last));
        } else if (last != null && isBinary(last, Binary.Kind.SUB)) {
            part(last.input(0)).filter(LinearQuantization::isBytes).ifPresent(toInteger -> {
                Value bytes = toInteger.input(0);
                Optional<Tensor> zeroPoint = graph.constant(last.input(1))
                        .filter(point -> isKept(point, bytes.type().element()))
                        .map(point -> point.converted(bytes.type().element()));
                dequantize(node, bytes, scale, zeroPoint, Set.of(toReal, last, toInteger));
            });
        }
    }

    private void dequantize(
            Node node, Value integers, Optional<Tensor> scale, Optional<Tensor> zeroPoint, Set<Node> before) {
        parameters(integers, scale, zeroPoint).ifPresent(found -> {
            wholes.put(node, new Whole(integers, found.form("DequantizeLinear", "x")));
            parts.addAll(before);
        });
    }

    /// The node whose result nothing but the next step reads.
    private Optional<Node> part(Value value) {
        return graph.hasOneUse(value) ? graph.producer(value) : Optional.empty();
    }

    private static boolean isBinary(Node node, Binary.Kind kind) {
        return node.op() instanceof Binary binary && binary.kind() == kind;
    }

    private static boolean isCast(Node node, ElementType to) {
        return node.op() instanceof Cast(ElementType element) && element == to;
    }

    private static boolean isBytes(Node node) {
        ElementType from = node.input(0).type().element();
        return isCast(node, ElementType.INT32) && (from == ElementType.INT8 || from == ElementType.UINT8);
    }

    private static boolean isKept(Tensor integers, ElementType element) {
        Tensor converted = integers.converted(element);
        for (long i = 0; i < integers.shape().elements(); i++) {
            if (converted.getLong(i) != integers.getLong(i)) {
                return false;
            }
        }
        return true;
    }

    private static Tensor zero(Value integers) {
        return Tensor.allocate(TensorType.of(integers.type().element()));
    }

    private static Optional<Parameters> parameters(Value x, Optional<Tensor> scale, Optional<Tensor> zeroPoint) {
        if (scale.isEmpty() || zeroPoint.isEmpty() || scale.get().type().element() != ElementType.FLOAT32) {
            return Optional.empty();
        }
        Tensor factor = scale.get();
        Tensor zero = zeroPoint.get();
        if (isSingle(factor) && isSingle(zero)) {
            return Optional.of(new Parameters(factor.reshaped(Shape.of()), zero.reshaped(Shape.of()), 0));
        }
        int axis =
                axis(isSingle(factor) ? zero.shape() : factor.shape(), x.type().shape());
        if (axis < 0 || !isSingle(factor) && !isSingle(zero) && !factor.shape().equals(zero.shape())) {
            return Optional.empty();
        }
        long places = x.type().shape().dim(axis);
        return Optional.of(new Parameters(repeated(factor, places), repeated(zero, places), axis));
    }

    private static boolean isSingle(Tensor tensor) {
        return tensor.shape().elements() == 1;
    }

    /// The dimension of x along which parameters of this shape differ; -1 if it is not one.
    private static int axis(Shape parameters, Shape x) {
        int missing = x.rank() - parameters.rank();
        int found = -1;
        for (int axis = 0; axis < parameters.rank(); axis++) {
            if (parameters.dim(axis) != 1) {
                if (found >= 0 || missing < 0 || parameters.dim(axis) != x.dim(missing + axis)) {
                    return -1;
                }
                found = missing + axis;
            }
        }
        return found;
    }

    private static Tensor repeated(Tensor parameter, long places) {
        if (!isSingle(parameter)) {
            return parameter.reshaped(Shape.of(places));
        }
        return Tensor.filled(parameter.type().withShape(Shape.of(places)), parameter.get(0));
    }
}
