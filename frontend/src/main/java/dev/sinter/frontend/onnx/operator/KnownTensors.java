package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/// Operators that exporters use to work out shapes. They are computed during the import and have no counterpart in the
/// graph.
final class KnownTensors {
    static final List<Row> ROWS = List.of(Row.of("NonZero", 9, KnownTensors::nonZero));

    private KnownTensors() {}

    /// The coordinates of all elements that are not zero, one column each.
    private static Operand nonZero(OnnxNode node) {
        Tensor x = node.known(0, "X");
        long[] strides = x.shape().strides();
        List<Long> found = new ArrayList<>();
        for (long i = 0; i < x.shape().elements(); i++) {
            if (x.get(i) != 0) {
                found.add(i);
            }
        }
        Tensor result = node.allocate(TensorType.of(ElementType.INT64, strides.length, found.size()));
        for (int axis = 0; axis < strides.length; axis++) {
            for (int column = 0; column < found.size(); column++) {
                long coordinate = found.get(column) / strides[axis] % x.shape().dim(axis);
                result.setLong((long) axis * found.size() + column, coordinate);
            }
        }
        return node.constant(result);
    }
}
