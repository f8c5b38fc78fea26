package dev.sinter.tests.reference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/// ONNX Runtime, to compare with: written by others, and tested by many.
@NullMarked
public final class OnnxRuntime {
    private OnnxRuntime() {}

    /// Runs a model on float32 tensors.
    public static Map<String, Tensor> run(byte[] model, Map<String, Tensor> inputs) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = quiet();
                OrtSession session = environment.createSession(model, options)) {
            Map<String, OnnxTensor> fed = new LinkedHashMap<>();
            try {
                for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                    FloatBuffer data = input.getValue()
                            .data()
                            .asByteBuffer()
                            .order(ByteOrder.nativeOrder())
                            .asFloatBuffer();
                    long[] shape = input.getValue().shape().dims().stream()
                            .mapToLong(Long::longValue)
                            .toArray();
                    fed.put(input.getKey(), OnnxTensor.createTensor(environment, data, shape));
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
        Tensor copy = Tensor.allocate(new TensorType(ElementType.FLOAT32, shape));
        FloatBuffer values = tensor.getFloatBuffer();
        for (long i = 0; i < shape.elements(); i++) {
            copy.set(i, values.get((int) i));
        }
        return copy;
    }
}
