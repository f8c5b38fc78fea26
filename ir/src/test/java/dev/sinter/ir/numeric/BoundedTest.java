package dev.sinter.ir.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BoundedTest {
    @Test
    void what_is_not_finite_has_a_kind_in_place_of_a_bound() {
        assertEquals(0, new Bounded(Double.POSITIVE_INFINITY, 3).bound());
        assertEquals(0, new Bounded(Double.NEGATIVE_INFINITY, Double.NaN).bound());
        assertTrue(Double.isNaN(new Bounded(Double.NaN, 3).bound()));
        assertTrue(new Bounded(1, Double.NaN).isUnknown());
        assertTrue(Bounded.unknown(Double.NaN).isUnknown());
    }

    @Test
    void max_has_the_bound_of_the_one_that_surely_is_larger() {
        assertEquals(new Bounded(5, 1), new Bounded(5, 1).max(new Bounded(1, 2)));
        assertEquals(new Bounded(5, 1), new Bounded(1, 2).max(new Bounded(5, 1)));
        assertEquals(new Bounded(5, 4), new Bounded(5, 1).max(new Bounded(1, 4)));
        assertEquals(new Bounded(1, 4), new Bounded(5, 1).min(new Bounded(1, 2)).max(new Bounded(1, 4)));
    }

    @Test
    void max_and_min_keep_nan_and_the_unknown() {
        Bounded nan = Bounded.exact(Double.NaN);
        assertTrue(Double.isNaN(nan.max(Bounded.exact(1)).value()));
        assertTrue(Double.isNaN(Bounded.exact(1).min(nan).value()));
        assertTrue(Bounded.unknown(1).max(Bounded.exact(100)).isUnknown());
    }
}
