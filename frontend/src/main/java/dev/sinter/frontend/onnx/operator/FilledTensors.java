package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tensors that are filled as attributes say: experiments of ONNX's first opsets, which came from Caffe2.
final class FilledTensors {
    static final List<Row> ROWS = List.of(
            Row.of("ConstantFill", FilledTensors::constant), //
            Row.of("GivenTensorFill", FilledTensors::given));

    private FilledTensors() {}

    private static Operand constant(OnnxNode node) {
        long number = node.attributes().integer("dtype", DataType.FLOAT.number());
        ElementType element = DataType.of(number)
                .flatMap(DataType::element)
                .orElseThrow(() -> node.attributeFault("dtype is " + DataType.name(number) + ", which no tensor has"));
        Tensor tensor = node.allocate(new TensorType(DataType.computed(element), shape(node)));
        double value = node.attributes().number("value", 0);
        for (long i = 0; i < tensor.shape().elements(); i++) {
            tensor.set(i, value);
        }
        return node.constant(tensor);
    }

    private static Operand given(OnnxNode node) {
        Shape shape = shape(node);
        List<Float> values = node.attributes().numbers("values").orElse(List.of());
        if (values.size() != shape.elements()) {
            throw node.attributeFault("has " + values.size() + " values for a tensor of shape " + shape);
        }
        Tensor tensor = node.allocate(new TensorType(ElementType.FLOAT32, shape));
        for (int i = 0; i < values.size(); i++) {
            tensor.set(i, values.get(i));
        }
        return node.constant(tensor);
    }

    /// An attribute, or the operand's shape, or what the operand says, with further dimensions at the end.
    private static Shape shape(OnnxNode node) {
        Optional<List<Long>> written = node.attributes().integers("shape");
        Optional<Operand> operand = node.optional(0);
        List<Long> extra = node.attributes().integers("extra_shape").orElse(List.of());
        boolean isShape = node.attributes().flag("input_as_shape", false);
        if (operand.isEmpty()) {
            List<Long> dims = written.orElseThrow(
                    () -> node.fault(Code.OPERANDS, "has neither a shape nor an input to take it from", null));
            return node.shape(dims);
        }
        List<Long> dims = new ArrayList<>(
                isShape
                        ? node.knownIntegers(0, "shape")
                        : operand.get().type().shape().dims());
        dims.addAll(extra);
        return node.shape(dims);
    }
}
