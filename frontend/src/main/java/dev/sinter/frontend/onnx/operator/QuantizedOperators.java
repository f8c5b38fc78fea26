package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.frontend.onnx.node.Axes;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.frontend.onnx.node.Quantizing;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.AveragePool;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Concat;
import dev.sinter.ir.op.LeakyRelu;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Softmax;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.op.Where;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/// Operators of ONNX Runtime's on quantised numbers with one scale for each tensor: the numbers are taken as real ones,
/// and what comes of them is quantised again.
final class QuantizedOperators {

    /// A tensor, its scale and its zero point.
    private static final int PARTS = 3;

    static final List<Row> ROWS = List.of(
            Row.of(FusedOperators.DOMAIN + "QLinearAdd", node -> binary(node, Binary.Kind.ADD)),
            Row.of(FusedOperators.DOMAIN + "QLinearMul", node -> binary(node, Binary.Kind.MUL)),
            Row.of(FusedOperators.DOMAIN + "QLinearLeakyRelu", QuantizedOperators::leakyRelu),
            Row.of(
                    FusedOperators.DOMAIN + "QLinearSigmoid",
                    node -> unary(node, x -> node.apply(new Unary(Unary.Kind.SIGMOID), x))),
            Row.of(FusedOperators.DOMAIN + "QLinearSoftmax", QuantizedOperators::softmax),
            Row.of(FusedOperators.DOMAIN + "QLinearAveragePool", QuantizedOperators::averagePool),
            Row.of(FusedOperators.DOMAIN + "QLinearGlobalAveragePool", QuantizedOperators::globalAveragePool),
            Row.of(FusedOperators.DOMAIN + "QLinearReduceMean", QuantizedOperators::reduceMean),
            Row.of(FusedOperators.DOMAIN + "QLinearConcat", QuantizedOperators::concat),
            Row.of(FusedOperators.DOMAIN + "QLinearWhere", QuantizedOperators::where));

    private QuantizedOperators() {}

    /// The real numbers of a tensor at input `i`, with its scale and its zero point, if it has one, after it.
    private static Operand real(OnnxNode node, int i, String what) {
        Operand x = node.input(i, what);
        Operand scale = Quantizing.single(node, node.input(i + 1, what + "_scale"), what + "_scale");
        Operand centred = Quantizing.centred(node, x, single(node, i + 2, what + "_zero_point"));
        return Quantizing.times(node, Quantizing.toFloat(node, centred), scale);
    }

    private static Optional<Operand> single(OnnxNode node, int i, String what) {
        return node.optional(i).map(parameter -> Quantizing.single(node, parameter, what));
    }

    /// Quantised by the scale at input `i` and the zero point after it.
    ///
    /// @param like the input whose type the result has where there is no zero point
    private static Operand quantised(OnnxNode node, Operand x, int i, int like) {
        Operand scale = Quantizing.single(node, node.input(i, "Y_scale"), "Y_scale");
        Optional<Operand> zero = single(node, i + 1, "Y_zero_point");
        DataType to = node.declared(zero.isPresent() ? i + 1 : like);
        node.declare(0, to);
        return Quantizing.toQuantized(node, Quantizing.dividedBy(node, x, scale), zero, to, true);
    }

    private static Operand binary(OnnxNode node, Binary.Kind kind) {
        Operand result = node.apply(new Binary(kind), real(node, 0, "A"), real(node, PARTS, "B"));
        return quantised(node, result, 2 * PARTS, 0);
    }

    private static Operand unary(OnnxNode node, UnaryOperator<Operand> function) {
        return quantised(node, function.apply(real(node, 0, "X")), PARTS, 0);
    }

    private static Operand leakyRelu(OnnxNode node) {
        double alpha = node.attributes().number("alpha", 0.01f);
        return unary(node, x -> node.apply(new LeakyRelu(alpha), x));
    }

    /// As Softmax of the opset that an attribute says: over one dimension, or, before 13, over all from it on.
    private static Operand softmax(OnnxNode node) {
        long opset = node.attributes().requiredInteger("opset");
        int rank = node.input(0, "X").type().shape().rank();
        int axis = Axes.normal(node, node.attributes().integer("axis", -1), rank);
        if (opset < Softmaxes.ONE_DIMENSION && axis != rank - 1) {
            throw node.unsupported("has axis " + axis + " of " + rank + " dimensions and opset " + opset
                    + ", which is supported for the last dimension only");
        }
        return unary(node, x -> node.apply(new Softmax(axis), x));
    }

    static void requireChannelsFirst(OnnxNode node) {
        if (node.attributes().flag("channels_last", false)) {
            throw node.unsupported("has its channels last, which is not supported");
        }
    }

    private static Operand averagePool(OnnxNode node) {
        requireChannelsFirst(node);
        boolean countIncludePad = node.attributes().flag("count_include_pad", false);
        return unary(node, x -> node.apply(new AveragePool(Pooling.window(node), countIncludePad), x));
    }

    private static Operand globalAveragePool(OnnxNode node) {
        Shape x = node.input(0, "X").type().shape();
        if (x.rank() < 3) {
            throw node.fault(
                    Code.SHAPE_RANK,
                    "input has shape " + x + " but needs at least 3 dimensions: batch, channels, space",
                    null);
        }
        long first = node.attributes().flag("channels_last", false) ? 1 : 2;
        List<Long> spatial =
                LongStream.range(first, x.rank() + first - 2).boxed().toList();
        return unary(node, real -> node.apply(new Reduce(Reduce.Kind.MEAN, spatial, true), real));
    }

    private static Operand reduceMean(OnnxNode node) {
        boolean keepDims = node.attributes().flag("keepdims", true);
        int rank = node.input(0, "data").type().shape().rank();
        List<Long> axes = node.attributes().requiredIntegers("axes");
        List<Long> normal =
                Axes.normal(node, axes, rank).stream().map(Integer::longValue).toList();
        return unary(node, x -> node.apply(new Reduce(Reduce.Kind.MEAN, normal, keepDims), x));
    }

    /// The scale and zero point of the result come first, then those of each tensor after it.
    private static Operand concat(OnnxNode node) {
        long axis = node.attributes().requiredInteger("axis");
        int first = 2;
        if (node.inputCount() < first + PARTS || (node.inputCount() - first) % PARTS != 0) {
            throw node.fault(
                    Code.OPERANDS, "has " + node.inputCount() + " inputs but takes 2 and 3 for each tensor", null);
        }
        List<Operand> parts = new ArrayList<>();
        for (int i = first; i < node.inputCount(); i += PARTS) {
            parts.add(real(node, i, "input_" + (i - first) / PARTS));
        }
        return quantised(node, node.apply(new Concat(axis), parts), 0, first);
    }

    /// condition, X and Y with a scale and a zero point each, and those of the result.
    private static Operand where(OnnxNode node) {
        Operand chosen =
                node.apply(new Where(), node.input(0, "condition"), real(node, 1, "X"), real(node, 1 + PARTS, "Y"));
        return quantised(node, chosen, 1 + 2 * PARTS, 1);
    }
}
