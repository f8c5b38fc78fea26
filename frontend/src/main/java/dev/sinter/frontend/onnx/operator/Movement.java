package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.node.Axes;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.frontend.onnx.node.WindowAttributes;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.Concat;
import dev.sinter.ir.op.Dropout;
import dev.sinter.ir.op.Flatten;
import dev.sinter.ir.op.Pad;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/// Operators that put elements elsewhere, or leave all as it is. Changes of shape are in [Reshaping].
final class Movement {
    private static final List<String> PAD_MODES = List.of("constant", "reflect", "edge", "wrap");

    static final List<Row> ROWS = List.of(
            Row.of("Identity", node -> node.same(node.input())),
            Row.many("Dropout", 1, 2, Movement::dropout),
            Row.of("Transpose", Movement::transpose),
            Row.of("Flatten", node -> node.apply(new Flatten(node.attributes().integer("axis", 1)), node.input())),
            Row.of("Concat", 1, 3, node -> concat(node, node.attributes().integer("axis", 1))),
            Row.of("Concat", 4, node -> concat(node, node.attributes().requiredInteger("axis"))),
            Row.of("Pad", 1, 1, node -> padByAttributes(node, "paddings")),
            Row.of("Pad", 2, 10, node -> padByAttributes(node, "pads")),
            Row.of("Pad", 11, Movement::padByInputs).knowing(1, 2, 3));

    private Movement() {}

    private static List<Operand> dropout(OnnxNode node) {
        Operand x = node.input();
        // The seed of the choice that is not made, and what early opsets had to say that it is not made.
        node.attributes().ignore("seed", "is_test");
        boolean training = node.opset() >= 12
                && node.optionalKnown(2, "training_mode")
                        .map(tensor -> scalar(node, tensor, "training_mode") != 0)
                        .orElse(false);
        double ratio =
                node.opset() >= 12 ? ratio(node, training) : node.attributes().number("ratio", 0.5);
        if (training && ratio != 0) {
            throw node.unsupported("is in training mode, which is not supported: export the model for inference");
        }
        Operand y = node.apply(new Dropout(ratio), x);
        if (!node.wants(1) || node.opset() < 10) {
            return List.of(y);
        }
        Tensor mask = node.allocate(x.type().withElement(ElementType.BOOL));
        mask.data().fill((byte) 1);
        return List.of(y, node.constant(mask));
    }

    /// In inference nothing depends on it, so that it may as well be computed.
    private static double ratio(OnnxNode node, boolean training) {
        if (!training && node.optional(1).isPresent() && !(node.optional(1).get() instanceof Operand.Known)) {
            return 0.5;
        }
        return node.optionalKnown(1, "ratio")
                .map(tensor -> scalar(node, tensor, "ratio"))
                .orElse(0.5);
    }

    static double scalar(OnnxNode node, Tensor tensor, String what) {
        if (tensor.shape().elements() != 1) {
            throw node.fault(
                    Code.ONNX_TENSOR, what + " is " + tensor.type() + " but a single number is expected", null);
        }
        return tensor.get(0);
    }

    private static Operand transpose(OnnxNode node) {
        int rank = node.input().type().shape().rank();
        List<Long> reversed =
                LongStream.range(0, rank).map(axis -> rank - 1 - axis).boxed().toList();
        return node.apply(new Transpose(node.attributes().integers("perm").orElse(reversed)), node.input());
    }

    private static Operand concat(OnnxNode node, long axis) {
        return node.apply(new Concat(axis), node.inputs());
    }

    private static Operand padByAttributes(OnnxNode node, String name) {
        double value = node.attributes().number("value", 0);
        return pad(node, node.attributes().requiredIntegers(name), value);
    }

    private static Operand padByInputs(OnnxNode node) {
        double value = node.optionalKnown(2, "constant_value")
                .map(tensor -> scalar(node, tensor, "constant_value"))
                .orElse(0.0);
        List<Long> pads = node.knownIntegers(1, "pads");
        if (node.opset() < 18 || node.optional(3).isEmpty()) {
            return pad(node, pads, value);
        }
        int rank = node.input().type().shape().rank();
        List<Long> axes = node.knownIntegers(3, "axes");
        Axes.normal(node, axes, rank);
        if (pads.size() != 2 * axes.size()) {
            throw node.fault(
                    Code.OPERANDS, "pads " + pads + " must have two entries for each of the axes " + axes, null);
        }
        List<Long> complete = new ArrayList<>(Collections.nCopies(2 * rank, 0L));
        for (int i = 0; i < axes.size(); i++) {
            int axis = Axes.normal(node, axes.get(i), rank);
            complete.set(axis, pads.get(i));
            complete.set(axis + rank, pads.get(i + axes.size()));
        }
        return pad(node, complete, value);
    }

    private static Operand pad(OnnxNode node, List<Long> pads, double value) {
        String mode = node.attributes().word("mode", "constant", PAD_MODES);
        WindowAttributes.bounded(node, "pads", pads, Integer.MIN_VALUE);
        Pad.Mode kind = switch (mode) {
            case "reflect" -> Pad.Mode.REFLECT;
            case "edge" -> Pad.Mode.EDGE;
            case "wrap" -> Pad.Mode.WRAP;
            default -> Pad.Mode.CONSTANT;
        };
        return node.apply(new Pad(pads, kind, value), node.input());
    }
}
