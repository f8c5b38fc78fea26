package dev.sinter.frontend;

import dev.sinter.frontend.onnx.OnnxModel;
import dev.sinter.frontend.port.Port;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.type.Tensor;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// A model from an ONNX file.
record ImportedModel(OnnxModel onnx) implements Model {
    @Override
    public String name() {
        return onnx.name();
    }

    @Override
    public List<Port> inputs() {
        return onnx.inputs();
    }

    @Override
    public List<Port> outputs() {
        return onnx.outputs();
    }

    @Override
    public List<String> usedOperators() {
        return List.copyOf(onnx.usedOperators());
    }

    @Override
    public OptionalLong opset() {
        return OptionalLong.of(onnx.opset());
    }

    @Override
    public Graph graph() {
        return onnx.graph();
    }

    @Override
    public Model withDimensions(Map<String, Long> bindings) {
        return new ImportedModel(onnx.withDimensions(bindings));
    }

    @Override
    public Model withBatch(long batch) {
        return new ImportedModel(onnx.withBatch(batch));
    }

    @Override
    public Model withConstant(String input, Tensor value) {
        return new ImportedModel(onnx.withConstant(input, value));
    }
}
