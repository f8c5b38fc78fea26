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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/// ONNX Runtime, to compare with: written by others, and tested by many.
@NullMarked
public final class OnnxRuntime {
    private static final Set<ElementType> UNKNOWN_TYPES =
            EnumSet.of(ElementType.UINT16, ElementType.UINT32, ElementType.UINT64);

    private OnnxRuntime() {}

    /// Runs a model on float32, float64, integer and truth tensors.
    public static Map<String, Tensor> run(byte[] model, Map<String, Tensor> inputs) throws OrtException {
        try (OrtSession.SessionOptions options = quiet()) {
            return run(model, inputs, options);
        }
    }

    /// As [#run(byte\[\], Map)], with each node computed as the model has it: ONNX Runtime else computes some together,
    /// and rounds where the model does not.
    public static Map<String, Tensor> runUnchanged(byte[] model, Map<String, Tensor> inputs) throws OrtException {
        try (OrtSession.SessionOptions options = quiet()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            options.setIntraOpNumThreads(1);
            return run(model, inputs, options);
        }
    }

    private static Map<String, Tensor> run(byte[] model, Map<String, Tensor> inputs, OrtSession.SessionOptions options)
            throws OrtException {
        try (Prepared prepared = Prepared.of(model, inputs, options)) {
            return prepared.outputs();
        }
    }

    /// A model with its inputs, to be run again and again.
    ///
    /// @param fed the inputs, in memory that is ONNX Runtime's to read
    public record Prepared(OrtSession session, Map<String, OnnxTensor> fed) implements AutoCloseable {
        /// With all optimisations.
        ///
        /// @param threads that compute one node
        public static Prepared of(byte[] model, Map<String, Tensor> inputs, int threads) throws OrtException {
            try (OrtSession.SessionOptions options = quiet()) {
                options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
                options.setIntraOpNumThreads(threads);
                return of(model, inputs, options);
            }
        }

        private static Prepared of(byte[] model, Map<String, Tensor> inputs, OrtSession.SessionOptions options)
                throws OrtException {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            Prepared prepared = new Prepared(environment.createSession(model, options), new LinkedHashMap<>());
            boolean complete = false;
            try {
                for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                    prepared.fed.put(input.getKey(), OnnxRuntime.fed(environment, input.getValue()));
                }
                complete = true;
                return prepared;
            } finally {
                if (!complete) {
                    prepared.close();
                }
            }
        }

        /// Runs once, and leaves the outputs where they are.
        public void run() throws OrtException {
            session.run(fed).close();
        }

        public Map<String, Tensor> outputs() throws OrtException {
            try (OrtSession.Result result = session.run(fed)) {
                Map<String, Tensor> outputs = new LinkedHashMap<>();
                for (Map.Entry<String, ai.onnxruntime.OnnxValue> output : result) {
                    outputs.put(output.getKey(), copy((OnnxTensor) output.getValue()));
                }
                return outputs;
            }
        }

        @Override
        public void close() throws OrtException {
            fed.values().forEach(OnnxTensor::close);
            session.close();
        }
    }

    public static String version() {
        return OrtEnvironment.getEnvironment().getVersion();
    }

    private static OrtSession.SessionOptions quiet() throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        return options;
    }

    private static OnnxTensor fed(OrtEnvironment environment, Tensor tensor) throws OrtException {
        ByteBuffer from = tensor.data().asByteBuffer();
        ByteBuffer data = ByteBuffer.allocateDirect(from.remaining()).order(ByteOrder.nativeOrder());
        data.put(from).rewind();
        long[] shape = tensor.shape().dims().stream().mapToLong(Long::longValue).toArray();
        return OnnxTensor.createTensor(
                environment, data, shape, type(tensor.type().element()));
    }

    private static OnnxJavaType type(ElementType element) {
        return switch (element) {
            case FLOAT16 -> OnnxJavaType.FLOAT16;
            case FLOAT32 -> OnnxJavaType.FLOAT;
            case FLOAT64 -> OnnxJavaType.DOUBLE;
            case INT8 -> OnnxJavaType.INT8;
            case UINT8 -> OnnxJavaType.UINT8;
            case INT16 -> OnnxJavaType.INT16;
            case INT32 -> OnnxJavaType.INT32;
            case INT64 -> OnnxJavaType.INT64;
            case BOOL -> OnnxJavaType.BOOL;
            case UINT16, UINT32, UINT64 -> throw new IllegalArgumentException("its Java interface has no " + element);
        };
    }

    private static Tensor copy(OnnxTensor tensor) {
        ElementType element = Arrays.stream(ElementType.values())
                .filter(type -> !UNKNOWN_TYPES.contains(type) && type(type) == tensor.getInfo().type)
                .findFirst()
                .orElseThrow();
        Tensor copy = Tensor.allocate(
                new TensorType(element, Shape.of(tensor.getInfo().getShape())));
        ByteBuffer data = tensor.getByteBuffer();
        if (data != null) {
            copy.data().asByteBuffer().put(data);
        }
        return copy;
    }
}
