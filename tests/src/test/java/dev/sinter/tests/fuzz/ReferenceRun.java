package dev.sinter.tests.fuzz;

import ai.onnxruntime.OrtException;
import dev.sinter.cli.verify.RandomInputs;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.tests.reference.OnnxRuntime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullMarked;

/// What ONNX Runtime makes of a network.
@NullMarked
final class ReferenceRun {
    /// The seed that `sinter verify` takes if none is given.
    private static final long SEED = 1;

    private ReferenceRun() {}

    /// The inputs that `sinter verify` gives a network, so that it finds again what was found here.
    static Map<String, Tensor> inputs(FuzzNetwork network) {
        List<Value> values = network.inputs().entrySet().stream()
                .map(input -> new Value(input.getKey(), input.getValue()))
                .toList();
        return RandomInputs.of(values, SEED);
    }

    /// The outputs by name; empty where ONNX Runtime refuses the network.
    static Optional<Map<String, Tensor>> of(FuzzNetwork network) {
        return of(network, inputs(network));
    }

    static Optional<Map<String, Tensor>> of(FuzzNetwork network, Map<String, Tensor> inputs) {
        try {
            return Optional.of(OnnxRuntime.runUnchanged(network.model(), inputs));
        } catch (OrtException _) {
            return Optional.empty();
        }
    }

    /// The types of all values that nodes compute; empty where ONNX Runtime refuses the network.
    static Optional<Map<String, TensorType>> types(FuzzNetwork network) {
        return all(network).map(tensors -> {
            Map<String, TensorType> types = new LinkedHashMap<>();
            tensors.forEach((name, tensor) -> types.put(name, tensor.type()));
            return types;
        });
    }

    /// True if ONNX Runtime computes it, and no value is infinite or NaN.
    static boolean isFinite(FuzzNetwork network) {
        return all(network).stream()
                .flatMap(tensors -> tensors.values().stream())
                .allMatch(tensor ->
                        LongStream.range(0, tensor.shape().elements()).allMatch(i -> Double.isFinite(tensor.get(i))));
    }

    private static Optional<Map<String, Tensor>> all(FuzzNetwork network) {
        Map<String, Optional<ElementType>> all = new LinkedHashMap<>();
        network.nodes().stream()
                .flatMap(node -> node.outputs().stream())
                .filter(name -> !name.isEmpty())
                .forEach(name -> all.put(name, Optional.empty()));
        return of(network.withOutputs(all), inputs(network));
    }
}
