package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Changes of element type. Graphs compute in f32, so that one from a floating-point type to another is none.
final class Conversions {
    static final List<Row> ROWS = List.of(
            Row.of("Cast", 1, 5, node -> cast(node, named(node))),
            Row.of("Cast", 6, node -> cast(node, node.attributes().requiredInteger("to"))),
            Row.of("CastLike", 15, Conversions::castLike));

    private Conversions() {}

    /// The first opsets named the type.
    private static long named(OnnxNode node) {
        String name = node.attributes().text("to", "");
        for (DataType type : DataType.values()) {
            if (type.name().equals(name.toUpperCase(Locale.ROOT))) {
                return type.number();
            }
        }
        throw node.attributeFault("attribute 'to' is '" + name + "', which is no element type");
    }

    private static Operand cast(OnnxNode node, long to) {
        // They say what is done with values beyond the range of an 8-bit float, which is not supported.
        node.attributes().ignore("saturate", "round_mode");
        DataType type =
                DataType.of(to).orElseThrow(() -> node.attributeFault("attribute 'to' is " + DataType.name(to)));
        ElementType element = type.element()
                .orElseThrow(() -> node.unsupported("converts to " + type.text() + ", which is not supported"));
        if (node.input() instanceof Operand.Known known) {
            // Rounded as the model says, even though it is held in a wider type.
            Tensor rounded = known.tensor().converted(element);
            return node.constant(rounded.converted(DataType.computed(element)));
        }
        return computed(node, node.input(), element);
    }

    private static Operand castLike(OnnxNode node) {
        node.attributes().ignore("saturate", "round_mode");
        ElementType element = node.input(1, "target_type").type().element();
        if (node.input() instanceof Operand.Known known) {
            return node.constant(known.tensor().converted(element));
        }
        return computed(node, node.input(), element);
    }

    private static Operand computed(OnnxNode node, Operand x, ElementType to) {
        ElementType from = x.type().element();
        if (DataType.computed(to) != from) {
            throw node.unsupported("is not supported yet on computed tensors: " + x.type() + " would become " + to);
        }
        if (to != from) {
            node.state().trace().note("import", "cast to " + to + " left out", Map.of("node", node.place()));
        }
        return node.same(x);
    }
}
