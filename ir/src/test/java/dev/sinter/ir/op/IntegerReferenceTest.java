package dev.sinter.ir.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import org.junit.jupiter.api.Test;

class IntegerReferenceTest {
    private static long of(Binary.Kind kind, ElementType type, long a, long b) {
        Tensor left = Tensor.allocate(TensorType.of(type, 1));
        Tensor right = Tensor.allocate(TensorType.of(type, 1));
        left.setLong(0, a);
        right.setLong(0, b);
        TensorView result = Evaluation.of(new Binary(kind), left, right);
        assertTrue(result.isExact());
        return result.integer(0);
    }

    @Test
    void arithmetic_wraps_in_the_element_type() {
        assertEquals(-128, of(Binary.Kind.ADD, ElementType.INT8, 127, 1));
        assertEquals(255, of(Binary.Kind.SUB, ElementType.UINT8, 0, 1));
        assertEquals(0, of(Binary.Kind.MUL, ElementType.INT16, 256, 256));
        assertEquals(0xfffffffeL, of(Binary.Kind.MUL, ElementType.UINT32, 0xffffffffL, 2));
        assertEquals(Integer.MIN_VALUE, of(Binary.Kind.DIV, ElementType.INT32, Integer.MIN_VALUE, -1));
        assertEquals(Long.MIN_VALUE, of(Binary.Kind.ADD, ElementType.INT64, Long.MAX_VALUE, 1));
    }

    @Test
    void division_truncates_toward_zero() {
        assertEquals(-3, of(Binary.Kind.DIV, ElementType.INT32, -7, 2));
        assertEquals(Long.MAX_VALUE, of(Binary.Kind.DIV, ElementType.UINT64, -2, 2));
    }

    @Test
    void order_is_that_of_the_type() {
        assertEquals(1, of(Binary.Kind.MAX, ElementType.INT64, -1, 1));
        assertEquals(-1, of(Binary.Kind.MAX, ElementType.UINT64, -1, 1));
        assertEquals(1, of(Binary.Kind.MIN, ElementType.UINT64, -1, 1));
        assertEquals(200, of(Binary.Kind.MAX, ElementType.UINT8, 200, 100));
    }

    @Test
    void powers_multiply_and_negative_ones_truncate() {
        assertEquals(243, of(Binary.Kind.POW, ElementType.INT32, 3, 5));
        assertEquals(1, of(Binary.Kind.POW, ElementType.INT32, 3, 0));
        assertEquals(0, of(Binary.Kind.POW, ElementType.INT32, 3, -1));
        assertEquals(-1, of(Binary.Kind.POW, ElementType.INT32, -1, -3));
    }
}
