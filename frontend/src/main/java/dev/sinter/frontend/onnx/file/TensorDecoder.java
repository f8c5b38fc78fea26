package dev.sinter.frontend.onnx.file;

import com.google.protobuf.ByteString;
import dev.sinter.frontend.onnx.proto.TensorProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/// Tensors from the several forms in which ONNX writes them. Every size is compared with the bytes there are before
/// memory is taken for it.
public final class TensorDecoder {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final TensorProto proto;
    private final String place;
    private final DataType type;
    private final ElementType element;
    private final Shape shape;

    private TensorDecoder(TensorProto proto, String place) {
        this.proto = proto;
        this.place = place;
        type = DataType.of(proto.getDataType())
                .orElseThrow(() -> fault("its element type is " + DataType.name(proto.getDataType()), null));
        element = type.element()
                .orElseThrow(() -> fault(
                        "elements of type " + type.text() + " are not supported",
                        "floating-point numbers of 4 to 64 bits, integers of 2 to 64 bits and bool are"));
        shape = shape(proto.getDimsList());
    }

    /// @param place what messages call the tensor
    /// @param external where files with external data are looked for
    public static Tensor decode(TensorProto proto, String place, ExternalData external) {
        TensorDecoder decoder = new TensorDecoder(proto, place);
        return switch (proto.getDataLocation()) {
            case 0 -> decoder.inside();
            case 1 -> decoder.fromBytes(external.read(proto, decoder.expectedBytes(), place));
            default ->
                throw decoder.fault("its data_location is " + proto.getDataLocation() + " but 0 or 1 is known", null);
        };
    }

    private CompileException fault(String fact, @Nullable String hint) {
        return new CompileException(Code.ONNX_TENSOR, place, fact, hint);
    }

    private Shape shape(List<Long> dims) {
        try {
            return new Shape(dims);
        } catch (CompileException fault) {
            throw fault(fault.fact(), fault.hint());
        }
    }

    private long expectedBytes() {
        int bits = type.bits();
        return bits < Byte.SIZE
                ? Math.ceilDiv(shape.elements(), (long) Byte.SIZE / bits)
                : shape.elements() * (bits / Byte.SIZE);
    }

    private Tensor inside() {
        int typed = proto.getFloatDataCount()
                + proto.getInt32DataCount()
                + proto.getInt64DataCount()
                + proto.getDoubleDataCount()
                + proto.getUint64DataCount();
        if (proto.hasRawData() && !(proto.getRawData().isEmpty() && typed > 0)) {
            if (typed > 0) {
                throw fault("has both raw data and " + typed + " typed elements but only one of them is allowed", null);
            }
            return fromBytes(segment(proto.getRawData()));
        }
        return switch (type) {
            case FLOAT -> fromDoubles("float_data", proto.getFloatDataCount(), proto::getFloatData);
            case DOUBLE -> fromDoubles("double_data", proto.getDoubleDataCount(), proto::getDoubleData);
            case FLOAT16 ->
                fromDoubles(
                        "int32_data",
                        proto.getInt32DataCount(),
                        i -> Float.float16ToFloat((short) proto.getInt32Data(i)));
            case BFLOAT16 ->
                fromDoubles("int32_data", proto.getInt32DataCount(), i -> bfloat16((short) proto.getInt32Data(i)));
            case BOOL -> fromLongs("int32_data", proto.getInt32DataCount(), i -> proto.getInt32Data(i) != 0 ? 1 : 0);
            case INT64 -> fromLongs("int64_data", proto.getInt64DataCount(), proto::getInt64Data);
            case UINT32, UINT64 -> fromLongs("uint64_data", proto.getUint64DataCount(), proto::getUint64Data);
            case UINT8, INT8, UINT16, INT16, INT32 ->
                fromLongs("int32_data", proto.getInt32DataCount(), proto::getInt32Data);
            case FLOAT8E4M3FN,
                    FLOAT8E4M3FNUZ,
                    FLOAT8E5M2,
                    FLOAT8E5M2FNUZ,
                    FLOAT8E8M0,
                    FLOAT4E2M1,
                    UINT4,
                    INT4,
                    UINT2,
                    INT2 -> fromPacked();
            case STRING, COMPLEX64, COMPLEX128 ->
                throw fault("elements of type " + type.text() + " are not supported", null);
        };
    }

    private Tensor allocate(String field, int found) {
        if (shape.elements() != found) {
            throw fault(
                    "shape " + shape + " has " + shape.elements() + " elements but " + field + " holds " + found, null);
        }
        return Allocation.tensor(new TensorType(element, shape), place);
    }

    private Tensor fromDoubles(String field, int count, IntToDoubleFunction values) {
        Tensor tensor = allocate(field, count);
        for (int i = 0; i < count; i++) {
            tensor.set(i, values.applyAsDouble(i));
        }
        return tensor;
    }

    private Tensor fromLongs(String field, int count, IntToLongFunction values) {
        Tensor tensor = allocate(field, count);
        for (int i = 0; i < count; i++) {
            tensor.setLong(i, values.applyAsLong(i));
        }
        return tensor;
    }

    /// Each number of `int32_data` is a byte of narrow elements.
    private Tensor fromPacked() {
        if (proto.getInt32DataCount() != expectedBytes()) {
            throw fault(
                    "shape " + shape + " of " + type.text() + " needs " + expectedBytes()
                            + " bytes but int32_data holds " + proto.getInt32DataCount(),
                    null);
        }
        byte[] bytes = new byte[proto.getInt32DataCount()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) proto.getInt32Data(i);
        }
        return fromBytes(MemorySegment.ofArray(bytes));
    }

    /// From the little-endian form of `raw_data` and of external files.
    private Tensor fromBytes(MemorySegment bytes) {
        if (bytes.byteSize() != expectedBytes()) {
            throw fault(
                    "shape " + shape + " of " + type.text() + " needs " + expectedBytes() + " bytes but has "
                            + bytes.byteSize(),
                    null);
        }
        Tensor tensor = Allocation.tensor(new TensorType(element, shape), place);
        MemorySegment data = tensor.data();
        long count = shape.elements();
        if (type == DataType.BFLOAT16) {
            for (long i = 0; i < count; i++) {
                tensor.set(i, bfloat16(bytes.getAtIndex(SHORT, i)));
            }
            return tensor;
        }
        if (type.bits() < Byte.SIZE || type.bits() == Byte.SIZE && type.isFloating()) {
            NarrowElements.decode(type, bytes, tensor);
            return tensor;
        }
        if (type == DataType.BOOL) {
            for (long i = 0; i < count; i++) {
                tensor.setLong(i, bytes.get(ValueLayout.JAVA_BYTE, i) != 0 ? 1 : 0);
            }
            return tensor;
        }
        switch (element.bytes()) {
            case 1 -> data.copyFrom(bytes);
            case 2 -> MemorySegment.copy(bytes, SHORT, 0, data, ValueLayout.JAVA_SHORT, 0, count);
            case 4 -> MemorySegment.copy(bytes, INT, 0, data, ValueLayout.JAVA_INT, 0, count);
            default -> MemorySegment.copy(bytes, LONG, 0, data, ValueLayout.JAVA_LONG, 0, count);
        }
        return tensor;
    }

    private static float bfloat16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    private static MemorySegment segment(ByteString bytes) {
        return MemorySegment.ofBuffer(bytes.asReadOnlyByteBuffer());
    }
}
