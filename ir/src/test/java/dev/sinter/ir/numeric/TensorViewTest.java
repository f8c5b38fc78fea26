package dev.sinter.ir.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.lang.foreign.Arena;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TensorViewTest {
    @ParameterizedTest
    @EnumSource
    void a_view_of_a_tensor_reads_every_element_type(ElementType type) {
        Tensor tensor = Tensor.allocate(TensorType.of(type, 3));
        IntStream.range(0, 3).forEach(i -> tensor.setLong(i, i % 2));
        TensorView view = TensorView.of(tensor);
        double[] values = new double[2];
        view.readValues(1, values);
        assertArrayEquals(new double[] {1, 0}, values);
        assertEquals(1, view.value(1));
        assertEquals(1, view.integer(1));
        assertTrue(view.isExact());
        assertThrows(UnsupportedOperationException.class, () -> view.set(0, 1, 0));
    }

    @Test
    void memory_of_one_thread_can_be_viewed_from_others() {
        try (Arena arena = Arena.ofConfined()) {
            Tensor tensor = Tensor.allocate(TensorType.float32(1000), arena);
            tensor.set(7, 7);
            TensorView view = TensorView.of(tensor);
            double sum = LongStream.range(0, 1000)
                    .parallel()
                    .mapToDouble(view::value)
                    .sum();
            assertEquals(7, sum);
        }
    }

    @Test
    void an_allocated_view_is_exact_until_it_has_a_bound() {
        TensorView view = TensorView.allocate(TensorType.float32(2));
        view.set(0, 1.5, 0);
        assertTrue(view.isExact());
        view.set(1, -2, 0.25);
        assertFalse(view.isExact());
        assertEquals(new Bounded(1.5, 0), view.get(0));
        assertEquals(new Bounded(-2, 0.25), view.get(1));
        double[] magnitudes = new double[2];
        view.readMagnitudes(0, magnitudes);
        assertArrayEquals(new double[] {1.5, 2.25}, magnitudes);
    }

    @Test
    void many_threads_may_write_elements_of_their_own() {
        TensorView view = TensorView.allocate(TensorType.float32(100_000));
        LongStream.range(0, 100_000).parallel().forEach(i -> view.set(i, i, i % 2 == 0 ? 0 : i));
        double[] bounds = new double[100_000];
        view.readBounds(0, bounds);
        for (int i = 0; i < bounds.length; i++) {
            assertEquals(i, view.value(i));
            assertEquals(i % 2 == 0 ? 0 : i, bounds[i]);
        }
    }

    @Test
    void integers_wrap_where_they_are_stored() {
        TensorView view = TensorView.allocate(TensorType.of(ElementType.INT8, 1));
        view.setInteger(0, 200);
        assertEquals(-56, view.integer(0));
        assertEquals(-56, view.rounded().getLong(0));
    }

    @Test
    void rounding_a_view_rounds_each_value_once() {
        TensorView view = TensorView.allocate(new TensorType(ElementType.FLOAT16, Shape.of(2)));
        view.set(0, 1 + Math.scalb(1.0, -11) + Math.scalb(1.0, -40), 0);
        view.set(1, 1e6, 0);
        assertEquals(1 + Math.scalb(1.0, -10), view.rounded().get(0));
        assertEquals(Double.POSITIVE_INFINITY, view.rounded().get(1));
    }

    @Test
    void more_elements_than_an_array_holds_are_refused() {
        CompileException fault =
                assertThrows(CompileException.class, () -> TensorView.allocate(TensorType.float32(1L << 16, 1L << 16)));
        assertEquals(Code.SHAPE_ELEMENTS, fault.code());
    }
}
