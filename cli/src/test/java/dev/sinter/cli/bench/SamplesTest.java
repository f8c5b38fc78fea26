package dev.sinter.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
    @Test
    void quantiles_lie_between_the_samples_next_to_them() {
        Samples samples = new Samples(List.of(4.0, 1.0, 3.0, 2.0));
        assertEquals(2.5, samples.median());
        assertEquals(1.3, samples.low(), 1e-12);
        assertEquals(3.7, samples.high(), 1e-12);
        assertEquals(1, samples.least());
    }

    @Test
    void one_sample_that_is_far_off_changes_little() {
        Samples samples =
                new Samples(DoubleStream.of(10, 11, 12, 13, 1000).boxed().toList());
        assertEquals(12, samples.median());
        assertEquals(1, samples.medianDeviation());
    }

    @Test
    void the_median_of_one_is_itself() {
        Samples one = new Samples(List.of(7.0));
        assertEquals(7, one.median());
        assertEquals(7, one.high());
        assertEquals(0, one.medianDeviation());
        assertThrows(IllegalArgumentException.class, () -> new Samples(List.of()));
    }
}
