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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/// ONNX Runtime, to compare with: written by others, and tested by many.
@NullMarked
public final class OnnxRuntime {
    private OnnxRuntime() {}

    /// Runs a model on tensors of any type but float16 and unsigned integers of more than a byte, which its Java side does
    /// not take.
    public static Map<String, Tensor> run(byte[] model, Map<String, Tensor> inputs) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = quiet();
                OrtSession session = environment.createSession(model, options)) {
            Map<String, OnnxTensor> fed = new LinkedHashMap<>();
            try {
                for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                    ByteBuffer data = input.getValue().data().asByteBuffer().order(ByteOrder.nativeOrder());
                    long[] shape = input.getValue().shape().dims().stream()
                            .mapToLong(Long::longValue)
                            .toArray();
                    fed.put(input.getKey(), OnnxTensor.createTensor(
                            environment, data, shape, type(input.getValue().type().element())));
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

    private static Tensor copy(OnnxTensor tensor) {
        Shape shape = Shape.of(tensor.getInfo().getShape());
        Tensor copy = Tensor.allocate(new TensorType(element(tensor.getInfo().type), shape));
        copy.data().copyFrom(MemorySegment.ofBuffer(tensor.getByteBuffer()));
        return copy;
    }

    private static OnnxJavaType type(ElementType element) {
        return switch (element) {
            case FLOAT32 -> OnnxJavaType.FLOAT;
            case FLOAT64 -> OnnxJavaType.DOUBLE;
            case INT8 -> OnnxJavaType.INT8;
            case UINT8 -> OnnxJavaType.UINT8;
            case INT16 -> OnnxJavaType.INT16;
            case INT32 -> OnnxJavaType.INT32;
            case INT64 -> OnnxJavaType.INT64;
            case BOOL -> OnnxJavaType.BOOL;
            case FLOAT16, UINT16, UINT32, UINT64 ->
                throw new IllegalArgumentException("ONNX Runtime takes no " + element + " from Java");
        };
    }

    private static ElementType element(OnnxJavaType type) {
        return Arrays.stream(ElementType.values())
                .filter(element -> switch (element) {
                    case FLOAT16, UINT16, UINT32, UINT64 -> false;
                    case FLOAT32, FLOAT64, INT8, UINT8, INT16, INT32, INT64, BOOL -> type(element) == type;
                })
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("ONNX Runtime yields " + type));
    }
}
