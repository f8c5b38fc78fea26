package dev.sinter.frontend.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.frontend.onnx.file.ExternalData;
import dev.sinter.frontend.onnx.file.TensorDecoder;
import dev.sinter.frontend.onnx.proto.TensorProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class TensorDecoderTest {
    private static Tensor decode(TensorProto.Builder proto) {
        return TensorDecoder.decode(proto.build(), "t", new ExternalData(Optional.empty()));
    }

    private static void fails(String says, TensorProto.Builder proto) {
        CompileException fault = assertThrows(CompileException.class, () -> decode(proto));
        assertEquals(Code.ONNX_TENSOR, fault.code(), fault.getMessage());
        assertTrue(String.valueOf(fault.getMessage()).contains(says), fault.getMessage());
    }

    private static TensorProto.Builder proto(DataType type, long... dims) {
        TensorProto.Builder proto = TensorProto.newBuilder().setDataType(type.number());
        for (long dim : dims) {
            proto.addDims(dim);
        }
        return proto;
    }

    private static ByteString bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return ByteString.copyFrom(bytes);
    }

    @Test
    void raw_data_is_little_endian() {
        Tensor floats = decode(proto(DataType.FLOAT, 2).setRawData(bytes(0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0)));
        assertArrayEquals(new float[] {1, -2}, floats.toFloats());
        Tensor longs = decode(proto(DataType.INT64, 1).setRawData(bytes(1, 2, 0, 0, 0, 0, 0, 0)));
        assertArrayEquals(new long[] {513}, longs.toLongs());
        Tensor shorts = decode(proto(DataType.UINT16, 1).setRawData(bytes(0xff, 0xff)));
        assertArrayEquals(new long[] {65535}, shorts.toLongs());
        Tensor bools = decode(proto(DataType.BOOL, 2).setRawData(bytes(0, 7)));
        assertArrayEquals(new long[] {0, 1}, bools.toLongs());
    }

    @Test
    void typed_data_is_read_by_element_type() {
        assertEquals(1.5, decode(proto(DataType.FLOAT).addFloatData(1.5f)).get(0));
        assertEquals(0.1, decode(proto(DataType.DOUBLE).addDoubleData(0.1)).get(0));
        assertEquals(-3, decode(proto(DataType.INT8).addInt32Data(-3)).getLong(0));
        assertEquals(253, decode(proto(DataType.UINT8).addInt32Data(253)).getLong(0));
        assertEquals(1, decode(proto(DataType.BOOL).addInt32Data(1)).getLong(0));
        assertEquals(-5, decode(proto(DataType.INT64).addInt64Data(-5)).getLong(0));
        assertEquals(
                4e9,
                decode(proto(DataType.UINT32).addUint64Data(4_000_000_000L)).get(0));
        assertEquals(
                0x1p63,
                decode(proto(DataType.UINT64).addUint64Data(Long.MIN_VALUE)).get(0));
    }

    @Test
    void halves_are_bits_in_either_form() {
        Tensor typed = decode(proto(DataType.FLOAT16, 1).addInt32Data(0xc000));
        Tensor raw = decode(proto(DataType.FLOAT16, 1).setRawData(bytes(0x00, 0xc0)));
        assertEquals(ElementType.FLOAT16, typed.type().element());
        assertEquals(-2, typed.get(0));
        assertTrue(typed.sameBits(raw));
    }

    @Test
    void bfloat16_is_the_upper_half_of_a_float() {
        Tensor typed = decode(proto(DataType.BFLOAT16, 1).addInt32Data(0x3fc0));
        Tensor raw = decode(proto(DataType.BFLOAT16, 1).setRawData(bytes(0xc0, 0x3f)));
        assertEquals(ElementType.FLOAT32, typed.type().element());
        assertEquals(1.5, typed.get(0));
        assertTrue(typed.sameBits(raw));
    }

    @Test
    void integers_of_less_than_a_byte_lie_side_by_side_the_first_in_the_lowest_bits() {
        Tensor signed = decode(proto(DataType.INT4, 3).setRawData(bytes(0x8f, 0x07)));
        assertEquals(ElementType.INT8, signed.type().element());
        assertArrayEquals(new long[] {-1, -8, 7}, signed.toLongs());
        Tensor unsigned = decode(proto(DataType.UINT4, 3).addInt32Data(0x8f).addInt32Data(0x07));
        assertEquals(ElementType.UINT8, unsigned.type().element());
        assertArrayEquals(new long[] {15, 8, 7}, unsigned.toLongs());
        Tensor pairs = decode(proto(DataType.INT2, 5).setRawData(bytes(0b11_10_01_00, 0b10)));
        assertArrayEquals(new long[] {0, 1, -2, -1, -2}, pairs.toLongs());
        assertArrayEquals(
                new long[] {0, 1, 2, 3},
                decode(proto(DataType.UINT2, 4).addInt32Data(0b11_10_01_00)).toLongs());
        fails("needs 2 bytes but has 1", proto(DataType.INT4, 3).setRawData(bytes(0)));
        fails(
                "needs 1 bytes but int32_data holds 2",
                proto(DataType.INT4, 2).addInt32Data(0).addInt32Data(0));
    }

    @Test
    void floats_of_a_byte_and_less_are_held_as_f32() {
        float nan = Float.NaN;
        float infinity = Float.POSITIVE_INFINITY;
        floats(DataType.FLOAT8E4M3FN, new float[] {448, -0x1p-9f, nan, 1}, 0x7e, 0x81, 0xff, 0x38);
        floats(DataType.FLOAT8E4M3FNUZ, new float[] {240, -0x1p-10f, nan, 1}, 0x7f, 0x81, 0x80, 0x40);
        floats(DataType.FLOAT8E5M2, new float[] {57344, -infinity, nan, 0x1p-16f}, 0x7b, 0xfc, 0x7d, 0x01);
        floats(DataType.FLOAT8E5M2FNUZ, new float[] {57344, -1, nan, 0x1p-17f}, 0x7f, 0xc0, 0x80, 0x01);
        floats(DataType.FLOAT8E8M0, new float[] {0x1p-127f, 1, 0x1p127f, nan}, 0, 127, 254, 255);
        floats(DataType.FLOAT4E2M1, new float[] {0.5f, -6, 1.5f, 4}, 0xf1, 0x63);
    }

    private static void floats(DataType type, float[] expected, int... bytes) {
        Tensor decoded = decode(proto(type, expected.length).setRawData(bytes(bytes)));
        assertEquals(ElementType.FLOAT32, decoded.type().element());
        assertArrayEquals(expected, decoded.toFloats(), type.text());
    }

    @Test
    void a_tensor_may_have_no_elements() {
        assertEquals(Shape.of(0, 3), decode(proto(DataType.FLOAT, 0, 3)).shape());
        assertEquals(
                Shape.of(0),
                decode(proto(DataType.INT64, 0).setRawData(ByteString.EMPTY)).shape());
    }

    @Test
    void sizes_that_contradict_are_shown() {
        fails("needs 12 bytes but has 4", proto(DataType.FLOAT, 3).setRawData(bytes(0, 0, 0, 0)));
        fails("has 3 elements but float_data holds 1", proto(DataType.FLOAT, 3).addFloatData(1));
        fails(
                "both raw data and 1 typed",
                proto(DataType.FLOAT, 1).setRawData(bytes(0, 0, 0, 0)).addFloatData(1));
        fails("-1", proto(DataType.FLOAT, -1).addFloatData(1));
        fails("27670116110564327421 elements but at most", proto(DataType.FLOAT, Long.MAX_VALUE, 3));
        fails("elements but at most", proto(DataType.DOUBLE, Long.MAX_VALUE).setRawData(bytes(0)));
    }

    @Test
    void elements_that_no_tensor_holds_are_refused() {
        fails("complex64", proto(DataType.COMPLEX64, 1).setRawData(bytes(0, 0, 0, 0, 0, 0, 0, 0)));
        fails("string", proto(DataType.STRING, 1).addStringData(ByteString.EMPTY));
        fails("no known type", proto(DataType.FLOAT, 1).setDataType(99));
        fails("data_location is 5", proto(DataType.FLOAT, 1).setDataLocation(5));
    }
}
