package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.frontend.onnx.node.Quantizing;
import dev.sinter.frontend.onnx.node.WindowAttributes;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.MatMul;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Convolutions and products of quantised numbers: sums of 32-bit integers, of which those whose name begins with
/// `QLinear` are quantised again.
final class IntegerProducts {
    static final List<Row> ROWS = List.of(
            Row.of("ConvInteger", 10, IntegerProducts::convInteger),
            Row.of("MatMulInteger", 10, IntegerProducts::matMulInteger),
            Row.of("QLinearConv", 10, IntegerProducts::quantizedConv),
            Row.of("QLinearMatMul", 10, IntegerProducts::quantizedMatMul));

    private IntegerProducts() {}

    private static Operand convInteger(OnnxNode node) {
        node.declare(0, DataType.INT32);
        Operand x = node.input(0, "x");
        Operand w = node.input(1, "w");
        Optional<Operand> xZero = node.optional(2);
        Optional<Operand> wZero = node.optional(3);
        return conv(node, x, xZero, w, wZero, Optional.empty());
    }

    /// Outside of the input stands its zero point, which is 0 once that is taken off.
    private static Operand conv(
            OnnxNode node,
            Operand x,
            Optional<Operand> xZero,
            Operand w,
            Optional<Operand> wZero,
            Optional<Operand> bias) {
        Shape weights = w.type().shape();
        if (weights.rank() < 3) {
            throw node.fault(
                    Code.SHAPE_RANK,
                    "weights have shape " + weights + " of rank " + weights.rank() + " but at least 3 is needed",
                    null);
        }
        List<Long> kernel = WindowAttributes.bounded(
                node, "the weights' kernel", weights.dims().subList(2, weights.rank()), 1);
        Shape shape = x.type().shape();
        WindowAttributes window = WindowAttributes.of(node, shape, kernel);
        long groups = node.attributes().integer("group", 1);
        List<Operand> operands = new ArrayList<>();
        operands.add(Quantizing.centred(node, x, xZero.map(zero -> Quantizing.single(node, zero, "x_zero_point"))));
        operands.add(Quantizing.centred(node, w, wZero.map(zero -> along(node, zero, 0, weights, "w_zero_point"))));
        bias.ifPresent(operands::add);
        return node.apply(new Conv(window.strides(), window.padsOver(shape), window.dilations(), groups), operands);
    }

    /// One number, or one for each place along an axis of `shape`.
    static Operand along(OnnxNode node, Operand parameter, int axis, Shape shape, String what) {
        Shape own = parameter.type().shape();
        if (own.elements() == 1) {
            return Quantizing.single(node, parameter, what);
        }
        if (own.rank() != 1 || own.dim(0) != shape.dim(axis)) {
            throw node.fault(
                    Code.SHAPE_MISMATCH,
                    what + " is " + parameter.type() + " but one number or " + shape.dim(axis) + " are expected",
                    null);
        }
        List<Long> dims = new ArrayList<>(Collections.nCopies(shape.rank(), 1L));
        dims.set(axis, own.dim(0));
        return node.apply(new Reshape(dims), parameter);
    }

    private static Operand matMulInteger(OnnxNode node) {
        node.declare(0, DataType.INT32);
        Operand a = node.input(0, "A");
        Operand b = node.input(1, "B");
        Optional<Operand> aZero = node.optional(2).map(zero -> ofRows(node, zero, a, "a_zero_point"));
        Optional<Operand> bZero = node.optional(3).map(zero -> ofColumns(node, zero, b, "b_zero_point"));
        return node.apply(new MatMul(), Quantizing.centred(node, a, aZero), Quantizing.centred(node, b, bZero));
    }

    /// A parameter of the left matrix: one for all, one for each row, or of the matrix's rank with one column.
    static Operand ofRows(OnnxNode node, Operand parameter, Operand matrix, String what) {
        Shape shape = matrix.type().shape();
        Shape own = parameter.type().shape();
        if (own.rank() == 1 && own.elements() != 1 && shape.rank() >= 2) {
            return along(node, parameter, shape.rank() - 2, shape, what);
        }
        return stretched(node, parameter, shape, what);
    }

    static Operand ofColumns(OnnxNode node, Operand parameter, Operand matrix, String what) {
        return stretched(node, parameter, matrix.type().shape(), what);
    }

    private static Operand stretched(OnnxNode node, Operand parameter, Shape shape, String what) {
        Shape own = parameter.type().shape();
        if (own.elements() == 1) {
            return Quantizing.single(node, parameter, what);
        }
        if (!Shape.broadcast(own, shape).equals(Optional.of(shape))) {
            throw node.fault(
                    Code.SHAPE_BROADCAST,
                    what + " is " + parameter.type() + " but the matrix has shape " + shape,
                    "it is one number, or one for each row of A or column of B");
        }
        return parameter;
    }

    /// x, x_scale, x_zero_point, w, w_scale, w_zero_point, y_scale, y_zero_point, B.
    static Operand quantizedConv(OnnxNode node) {
        QuantizedOperators.requireChannelsFirst(node);
        Operand x = node.input(0, "x");
        Operand w = node.input(3, "w");
        DataType to = node.declared(7);
        node.declare(0, to);
        Operand sum = conv(
                node,
                x,
                Optional.of(node.input(2, "x_zero_point")),
                w,
                Optional.of(node.input(5, "w_zero_point")),
                node.optional(8));
        Operand weightScale = along(node, node.input(4, "w_scale"), 0, w.type().shape(), "w_scale");
        Operand byChannel = weightScale.type().shape().rank() == 0
                ? weightScale
                : along(node, node.input(4, "w_scale"), 1, sum.type().shape(), "w_scale");
        Operand scale = Quantizing.times(node, Quantizing.single(node, node.input(1, "x_scale"), "x_scale"), byChannel);
        Operand factor =
                Quantizing.dividedBy(node, scale, Quantizing.single(node, node.input(6, "y_scale"), "y_scale"));
        return requantized(
                node, sum, factor, Quantizing.single(node, node.input(7, "y_zero_point"), "y_zero_point"), to);
    }

    private static Operand requantized(OnnxNode node, Operand sum, Operand factor, Operand zero, DataType to) {
        Operand numbers = Quantizing.times(node, Quantizing.toFloat(node, sum), factor);
        return Quantizing.toQuantized(node, numbers, Optional.of(zero), to, true);
    }

    /// a, a_scale, a_zero_point, b, b_scale, b_zero_point, y_scale, y_zero_point.
    private static Operand quantizedMatMul(OnnxNode node) {
        Operand a = node.input(0, "a");
        Operand b = node.input(3, "b");
        DataType to = node.declared(7);
        node.declare(0, to);
        Operand aZero = ofRows(node, node.input(2, "a_zero_point"), a, "a_zero_point");
        Operand bZero = ofColumns(node, node.input(5, "b_zero_point"), b, "b_zero_point");
        // Of floating-point numbers of 8 bits, the product is taken as it is.
        boolean floating = Quantization.isNarrow(node.declared(0));
        Operand sum = floating
                ? node.apply(new MatMul(), a, b)
                : node.apply(
                        new MatMul(),
                        Quantizing.centred(node, a, Optional.of(aZero)),
                        Quantizing.centred(node, b, Optional.of(bZero)));
        Operand aScale = ofRows(node, node.input(1, "a_scale"), a, "a_scale");
        Operand bScale = ofColumns(node, node.input(4, "b_scale"), b, "b_scale");
        Operand yScale = ofRows(node, node.input(6, "y_scale"), sum, "y_scale");
        Operand factor = Quantizing.dividedBy(node, Quantizing.times(node, aScale, bScale), yScale);
        return requantized(node, sum, factor, ofRows(node, node.input(7, "y_zero_point"), sum, "y_zero_point"), to);
    }
}
