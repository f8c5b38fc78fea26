package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.node.KnownRearrangement;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.LongBinaryOperator;

/// Operators that exporters use to work out shapes. They are computed during the import and have no counterpart in the
/// graph.
final class KnownTensors {
    static final List<Row> ROWS = List.of(
            Row.of("Equal", node -> compare(node, order -> order == 0)),
            Row.of("Less", node -> compare(node, order -> order < 0)),
            Row.of("Greater", node -> compare(node, order -> order > 0)),
            Row.of("LessOrEqual", 12, node -> compare(node, order -> order <= 0)),
            Row.of("GreaterOrEqual", 12, node -> compare(node, order -> order >= 0)),
            Row.of("And", 7, node -> combine(node, (a, b) -> a & b)),
            Row.of("Or", 7, node -> combine(node, (a, b) -> a | b)),
            Row.of("Xor", 7, node -> combine(node, (a, b) -> a ^ b)),
            Row.of("Not", KnownTensors::not),
            Row.of("Where", 9, KnownTensors::where),
            Row.of("Mod", 10, KnownTensors::modulo));

    private KnownTensors() {}

    /// Stretches tensors to their common shape.
    private static List<Tensor> stretched(OnnxNode node, List<Tensor> tensors) {
        Shape common = Shape.of();
        for (Tensor tensor : tensors) {
            Shape before = common;
            common = Shape.broadcast(common, tensor.shape())
                    .orElseThrow(() -> node.fault(
                            Code.SHAPE_BROADCAST,
                            "shapes " + before + " and " + tensor.shape() + " do not broadcast",
                            null));
        }
        List<Tensor> result = new ArrayList<>();
        for (Tensor tensor : tensors) {
            result.add(tensor.shape().equals(common) ? tensor : KnownRearrangement.repeated(node, tensor, common));
        }
        return result;
    }

    private static List<Tensor> operands(OnnxNode node, int count) {
        List<Tensor> operands = node.allKnown();
        if (operands.size() != count) {
            throw node.fault(Code.OPERANDS, "has " + operands.size() + " inputs but takes " + count, null);
        }
        return operands;
    }

    private static Tensor like(OnnxNode node, Tensor tensor, ElementType element) {
        return node.allocate(tensor.type().withElement(element));
    }

    private static List<Tensor> two(OnnxNode node) {
        List<Tensor> both = operands(node, 2);
        if (both.get(0).type().element() != both.get(1).type().element()) {
            throw node.fault(
                    Code.TYPE_MIXED,
                    "has operands " + both.get(0).type() + " and " + both.get(1).type(),
                    null);
        }
        return stretched(node, both);
    }

    /// @param holds what the sign of the comparison must be; nothing holds of NaN
    private static Operand compare(OnnxNode node, IntPredicate holds) {
        List<Tensor> both = two(node);
        Tensor a = both.get(0);
        Tensor b = both.get(1);
        Tensor result = like(node, a, ElementType.BOOL);
        for (long i = 0; i < result.shape().elements(); i++) {
            boolean unordered = Double.isNaN(a.get(i)) || Double.isNaN(b.get(i));
            result.setLong(i, !unordered && holds.test(order(a, b, i)) ? 1 : 0);
        }
        return node.constant(result);
    }

    private static int order(Tensor a, Tensor b, long i) {
        return switch (a.type().element()) {
            case FLOAT16, FLOAT32, FLOAT64 -> a.get(i) < b.get(i) ? -1 : a.get(i) > b.get(i) ? 1 : 0;
            case UINT64 -> Long.compareUnsigned(a.getLong(i), b.getLong(i));
            case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, BOOL -> Long.compare(a.getLong(i), b.getLong(i));
        };
    }

    private static Operand combine(OnnxNode node, LongBinaryOperator operator) {
        List<Tensor> both = two(node);
        Tensor result = like(node, both.getFirst(), ElementType.BOOL);
        for (long i = 0; i < result.shape().elements(); i++) {
            result.setLong(
                    i, operator.applyAsLong(both.get(0).getLong(i), both.get(1).getLong(i)));
        }
        return node.constant(result);
    }

    private static Operand not(OnnxNode node) {
        Tensor x = operands(node, 1).getFirst();
        Tensor result = like(node, x, ElementType.BOOL);
        for (long i = 0; i < x.shape().elements(); i++) {
            result.setLong(i, x.getLong(i) == 0 ? 1 : 0);
        }
        return node.constant(result);
    }

    private static Operand where(OnnxNode node) {
        List<Tensor> all = stretched(node, operands(node, 3));
        Tensor result = like(node, all.get(1), all.get(1).type().element());
        for (long i = 0; i < result.shape().elements(); i++) {
            copy(all.get(0).getLong(i) != 0 ? all.get(1) : all.get(2), i, result, i);
        }
        return node.constant(result);
    }

    private static void copy(Tensor from, long i, Tensor to, long j) {
        if (from.type().element().isFloating()) {
            to.set(j, from.get(i));
        } else {
            to.setLong(j, from.getLong(i));
        }
    }

    /// The sign of the divisor, as in Python, or with `fmod` that of the dividend, as in C.
    private static Operand modulo(OnnxNode node) {
        boolean asInC = node.attributes().flag("fmod", false);
        List<Tensor> both = two(node);
        Tensor result = like(node, both.getFirst(), both.getFirst().type().element());
        for (long i = 0; i < result.shape().elements(); i++) {
            if (result.type().element().isFloating()) {
                result.set(i, both.get(0).get(i) % both.get(1).get(i));
                continue;
            }
            long divisor = both.get(1).getLong(i);
            if (divisor == 0) {
                throw node.fault(Code.ONNX_TENSOR, "divides by 0", null);
            }
            long dividend = both.get(0).getLong(i);
            result.setLong(i, asInC ? dividend % divisor : Math.floorMod(dividend, divisor));
        }
        return node.constant(result);
    }
}
