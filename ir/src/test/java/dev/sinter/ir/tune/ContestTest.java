package dev.sinter.ir.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who wins, told by times that are made up.
class ContestTest {
    /// Takes so long and up to a tenth more, now and then much more.
    private static DoubleSupplier taking(double seconds, long seed) {
        Random random = new Random(seed);
        return () -> seconds * (1 + 0.1 * random.nextDouble() + (random.nextInt(8) == 0 ? 1 : 0));
    }

    private static Contest.Round of(DoubleSupplier incumbent, DoubleSupplier challenger) {
        return Contest.of(incumbent, challenger, () -> {});
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_fifth_less_wins_and_the_same_does_not(long seed) {
        assertTrue(of(taking(1e-3, seed), taking(0.8e-3, seed + 100)).isWon());
        assertFalse(of(taking(1e-3, seed), taking(1e-3, seed + 100)).isWon());
        assertFalse(of(taking(1e-3, seed), taking(1.1e-3, seed + 100)).isWon());
    }

    @Test
    void two_per_cent_are_not_enough() {
        assertFalse(of(() -> 1e-3, () -> 0.98e-3).isWon());
        assertTrue(of(() -> 1e-3, () -> 0.96e-3).isWon());
    }

    @Test
    void who_is_fast_once_only_does_not_win() {
        int[] run = {0};
        assertFalse(of(() -> 1e-2, () -> run[0]++ < 10 ? 0.5e-2 : 1e-2).isWon());
        assertEquals(10 + 10, run[0]);
    }

    /// As where the incumbent's code was taken back for a while.
    @Test
    void who_is_slow_only_until_it_is_warm_again_does_not_lose() {
        double[] seconds = {1};
        assertFalse(Contest.of(() -> seconds[0], () -> 1e-2, () -> seconds[0] = 1e-2)
                .isWon());
    }

    @Test
    void one_that_is_far_slower_is_not_run_often() {
        int[] runs = {0};
        assertFalse(of(() -> 1e-3, () -> {
                    runs[0]++;
                    return 2e-3;
                })
                .isWon());
        assertEquals(3, runs[0]);
    }
}
