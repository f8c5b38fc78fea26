package dev.sinter.tests.operator;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.op.Op;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.NullMarked;

/// ONNX has no attributes in double.
@NullMarked
final class FloatAttributes {
    private FloatAttributes() {}

    /// The graph with every number among the attributes rounded to float: what an ONNX file can say of it.
    static Graph of(Graph graph) {
        return graph.with(
                graph.constants(),
                graph.nodes().stream()
                        .map(node -> new Node(node.name(), rounded(node.op()), node.inputs(), node.outputs()))
                        .toList());
    }

    private static Op rounded(Op op) {
        RecordComponent[] components = op.getClass().getRecordComponents();
        try {
            Object[] values = new Object[components.length];
            for (int i = 0; i < values.length; i++) {
                Object value = components[i].getAccessor().invoke(op);
                values[i] = value instanceof Double number ? (double) number.floatValue() : value;
            }
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return (Op) op.getClass().getConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
