package dev.sinter.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RandomNumbersTest {
    @Test
    void the_numbers_are_the_same_on_every_machine() {
        RandomNumbers random = new RandomNumbers(42, 7);
        assertEquals(8_163_751_063_597_049_310L, random.nextBits());
        assertEquals(-1.6272380002079316, random.normal(0, 1));
    }

    @Test
    void streams_of_one_seed_differ_from_each_other() {
        assertNotEquals(new RandomNumbers(1, 0).nextBits(), new RandomNumbers(1, 1).nextBits());
        assertNotEquals(new RandomNumbers(1, 1).nextBits(), new RandomNumbers(2, 0).nextBits());
    }

    @Test
    void normal_numbers_have_their_mean_and_deviation() {
        RandomNumbers random = new RandomNumbers(3, 0);
        double[] numbers =
                IntStream.range(0, 20_000).mapToDouble(_ -> random.normal(5, 2)).toArray();
        double mean = Arrays.stream(numbers).average().orElseThrow();
        double square = Arrays.stream(numbers)
                .map(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow();
        assertEquals(5, mean, 0.06);
        assertEquals(2, Math.sqrt(square), 0.05);
    }

    @Property
    void a_permutation_has_every_number_once(@ForAll long seed, @ForAll @IntRange(max = 200) int count) {
        int[] order = new RandomNumbers(seed, 0).permutation(count);
        assertArrayEquals(
                IntStream.range(0, count).toArray(),
                Arrays.stream(order).sorted().toArray());
    }

    @Property
    void numbers_stay_below_their_bound(@ForAll long seed, @ForAll @IntRange(min = 1) int bound) {
        int number = new RandomNumbers(seed, 0).below(bound);
        assertTrue(0 <= number && number < bound);
    }
}
