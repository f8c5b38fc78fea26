package dev.sinter.tests.reference;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/// ONNX Runtime, to compare with: written by others, and tested by many.
@NullMarked
public final class OnnxRuntime {
    private static final Map<ElementType, OnnxJavaType> TYPES = Map.of(
            ElementType.FLOAT32, OnnxJavaType.FLOAT,
            ElementType.FLOAT64, OnnxJavaType.DOUBLE,
            ElementType.INT8, OnnxJavaType.INT8,
            ElementType.UINT8, OnnxJavaType.UINT8,
            ElementType.INT32, OnnxJavaType.INT32,
            ElementType.INT64, OnnxJavaType.INT64,
            ElementType.BOOL, OnnxJavaType.BOOL);

    private OnnxRuntime() {}

    /// Runs a model on tensors of these types.
    public static Map<String, Tensor> run(byte[] model, Map<String, Tensor> inputs) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = quiet();
                OrtSession session = environment.createSession(model, options)) {
            Map<String, OnnxTensor> fed = new LinkedHashMap<>();
            try {
                for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                    fed.put(input.getKey(), tensor(environment, input.getValue()));
                }
                try (OrtSession.Result result = session.run(fed)) {
                    Map<String, Tensor> outputs = new LinkedHashMap<>();
                    for (Map.Entry<String, ai.onnxruntime.OnnxValue> output : result) {
                        outputs.put(output.getKey(), copy((OnnxTensor) output.getValue()));
                    }
                    return outputs;
                }
            } finally {
                fed.values().forEach(OnnxTensor::close);
            }
        }
    }

    private static OrtSession.SessionOptions quiet() throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        return options;
    }

    private static OnnxTensor tensor(OrtEnvironment environment, Tensor tensor) throws OrtException {
        // A direct buffer: one of the garbage collector's memory is one.
        ByteBuffer data = ByteBuffer.allocateDirect((int) tensor.data().byteSize()).order(ByteOrder.nativeOrder());
        data.put(tensor.data().asByteBuffer()).flip();
        long[] shape =
                tensor.shape().dims().stream().mapToLong(Long::longValue).toArray();
        return OnnxTensor.createTensor(environment, data, shape, TYPES.get(tensor.type().element()));
    }

    private static Tensor copy(OnnxTensor tensor) {
        Shape shape = Shape.of(tensor.getInfo().getShape());
        ElementType element = TYPES.entrySet().stream()
                .filter(entry -> entry.getValue() == tensor.getInfo().type)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        Tensor copy = Tensor.allocate(new TensorType(element, shape));
        ByteBuffer values = tensor.getByteBuffer().order(ByteOrder.nativeOrder());
        MemorySegment.copy(MemorySegment.ofBuffer(values), 0, copy.data(), 0, copy.data().byteSize());
        return copy;
    }
}
