package dev.sinter.ir.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.CompileException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomTensorsTest {
    @Test
    void the_bits_of_a_seed_never_change() {
        Tensor tensor = RandomTensors.heNormal(TensorType.float32(64, 3, 7, 7), 42);
        assertEquals(-431154248, Arrays.hashCode(tensor.toFloats()));
    }

    @Test
    void quantiles_are_those_of_the_normal_distribution() {
        assertEquals(0, NormalQuantile.of(0.5));
        assertEquals(1.281551565545, NormalQuantile.of(0.9), 1e-6);
        assertEquals(1.959963984540, NormalQuantile.of(0.975), 1e-6);
        assertEquals(-3.090232306168, NormalQuantile.of(0.001), 1e-6);
        assertEquals(-5.199337582193, NormalQuantile.of(1e-7), 1e-6);
        assertEquals(-7.034483825365, NormalQuantile.of(1e-12), 1e-6);
    }

    @Test
    void normal_numbers_have_the_moments_asked_for() {
        Tensor tensor = RandomTensors.normal(TensorType.float32(100_000), 2, 3, 1);
        double mean = 0;
        double square = 0;
        for (float value : tensor.toFloats()) {
            mean += value / 100_000;
            square += (double) value * value / 100_000;
        }
        assertEquals(2, mean, 0.05);
        assertEquals(9, square - mean * mean, 0.2);
    }

    @Test
    void the_fan_in_is_all_but_the_first_extent() {
        TensorType type = TensorType.float32(4, 3, 5, 5);
        assertTrue(RandomTensors.heNormal(type, 75, 9).sameBits(RandomTensors.heNormal(type, 9)));
        assertFalse(RandomTensors.heNormal(type, 9).sameBits(RandomTensors.heNormal(type, 10)));
    }

    @Test
    void integers_reach_both_ends_and_no_further() {
        long[] values = RandomTensors.integers(TensorType.of(ElementType.INT8, 1000), -2, 2, 5)
                .toLongs();
        assertEquals(-2, Arrays.stream(values).min().orElseThrow());
        assertEquals(2, Arrays.stream(values).max().orElseThrow());
    }

    @Test
    void seeds_differ_by_name() {
        assertNotEquals(RandomTensors.seedFor(1, "conv1"), RandomTensors.seedFor(1, "conv2"));
        assertNotEquals(RandomTensors.seedFor(1, "conv1"), RandomTensors.seedFor(2, "conv1"));
        assertEquals(RandomTensors.seedFor(1, "conv1"), RandomTensors.seedFor(1, "conv1"));
    }

    @Test
    void real_numbers_need_a_floating_point_type() {
        TensorType integers = TensorType.of(ElementType.INT32, 3);
        assertThrows(CompileException.class, () -> RandomTensors.uniform(integers, 0, 1, 1));
    }
}
