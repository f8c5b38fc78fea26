package dev.sinter.frontend.onnx.file;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.sinter.frontend.onnx.proto.TensorProto;
import dev.sinter.ir.type.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Tensors as ONNX writes them: raw bytes, lowest first. The counterpart of [TensorDecoder].
public final class TensorEncoder {
    private TensorEncoder() {}

    public static TensorProto encode(String name, Tensor tensor) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(DataType.of(tensor.type().element()).number())
                .addAllDims(tensor.shape().dims())
                .setRawData(raw(tensor))
                .build();
    }

    /// Weights are not copied where the machine's byte order is ONNX's.
    private static ByteString raw(Tensor tensor) {
        MemorySegment data = tensor.data();
        if (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN) {
            data = reversed(data, tensor.type().element().bytes());
        }
        return UnsafeByteOperations.unsafeWrap(data.asByteBuffer().asReadOnlyBuffer());
    }

    private static MemorySegment reversed(MemorySegment data, int width) {
        MemorySegment copy = Arena.ofAuto().allocate(data.byteSize());
        for (long i = 0; i < data.byteSize(); i++) {
            long element = i / width * width;
            copy.set(ValueLayout.JAVA_BYTE, element + width - 1 - (i - element), data.get(ValueLayout.JAVA_BYTE, i));
        }
        return copy;
    }
}
