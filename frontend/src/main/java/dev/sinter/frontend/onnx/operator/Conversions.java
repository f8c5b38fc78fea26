package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.frontend.onnx.node.ElementConversion;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.type.FloatFormat;
import java.util.List;
import java.util.Locale;

/// Changes of element type. Graphs compute in f32: a floating-point type with fewer digits than that is rounded to.
final class Conversions {
    static final List<Row> ROWS = List.of(
            Row.of("Cast", 1, 5, node -> cast(node, named(node))),
            Row.of("Cast", 6, node -> cast(node, numbered(node))),
            Row.of("CastLike", 15, node -> cast(node, like(node))));

    private Conversions() {}

    /// The first opsets named the type.
    private static DataType named(OnnxNode node) {
        String name = node.attributes().text("to", "");
        for (DataType type : DataType.values()) {
            if (type.name().equals(name.toUpperCase(Locale.ROOT))) {
                return type;
            }
        }
        throw node.attributeFault("attribute 'to' is '" + name + "', which is no element type");
    }

    private static DataType numbered(OnnxNode node) {
        long to = node.attributes().requiredInteger("to");
        return DataType.of(to).orElseThrow(() -> node.attributeFault("attribute 'to' is " + DataType.name(to)));
    }

    private static DataType like(OnnxNode node) {
        node.input(1, "target_type");
        return node.declared(1);
    }

    private static Operand cast(OnnxNode node, DataType to) {
        boolean saturate = node.attributes().flag("saturate", true);
        String direction = node.attributes().word("round_mode", "up", List.of("up", "down", "nearest"));
        Operand x = node.input();
        node.declare(0, to);
        ElementConversion conversion =
                new ElementConversion(to, saturate, FloatFormat.Direction.valueOf(direction.toUpperCase(Locale.ROOT)));
        Operand converted = conversion.of(node, x, node.declared(0));
        return converted == x ? node.same(x) : converted;
    }
}
