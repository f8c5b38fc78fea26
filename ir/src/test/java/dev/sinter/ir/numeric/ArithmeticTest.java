package dev.sinter.ir.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.type.ElementType;
import org.junit.jupiter.api.Test;

class ArithmeticTest {
    private static final double UNIT = Math.scalb(1.0, -24);
    private static final Arithmetic SINGLE = new Arithmetic(Rounding.serial(), ElementType.FLOAT32);
    private static final Arithmetic HALF = new Arithmetic(Rounding.serial(), ElementType.FLOAT16);

    @Test
    void a_product_has_the_errors_of_both_factors_and_a_rounding() {
        Bounded product = SINGLE.times(new Bounded(2, 0.1), new Bounded(-3, 0.2));
        double spread = 2 * 0.2 + 3 * 0.1 + 0.1 * 0.2;
        assertEquals(-6, product.value());
        assertEquals(spread + UNIT * (6 + spread), product.bound(), 1e-15);
    }

    @Test
    void a_sum_has_a_rounding_per_term() {
        assertEquals(0.5 + 10 * UNIT * 20, SINGLE.sum(3, 0.5, 20, 10).bound(), 1e-15);
    }

    @Test
    void the_likely_bound_of_a_long_sum_grows_like_a_root() {
        Arithmetic likely = new Arithmetic(Rounding.serial().likely(), ElementType.FLOAT32);
        assertEquals(6 * 100 * UNIT * 20, likely.sum(3, 0, 20, 10_000).bound(), 1e-12);
        assertEquals(10 * UNIT * 20, likely.sum(3, 0, 20, 10).bound(), 1e-15);
    }

    @Test
    void small_results_may_be_flushed_to_zero() {
        Bounded tiny = SINGLE.times(Bounded.exact(1e-20), Bounded.exact(1e-20));
        assertTrue(tiny.bound() >= 1e-40);
        Bounded denormal = SINGLE.times(Bounded.exact(1e-39), Bounded.exact(1e20));
        assertTrue(denormal.bound() >= 1e-19, "an operand may be taken for zero");
        Bounded normal = SINGLE.times(Bounded.exact(1e-30), Bounded.exact(1e20));
        assertTrue(normal.bound() < 1e-16);
    }

    @Test
    void quotients_by_what_may_be_zero_are_unknown_and_by_zero_infinite() {
        assertTrue(SINGLE.dividedBy(Bounded.exact(1), new Bounded(0.1, 0.1)).isUnknown());
        assertEquals(Bounded.exact(Double.POSITIVE_INFINITY), SINGLE.dividedBy(Bounded.exact(1), Bounded.exact(0)));
        assertTrue(Double.isNaN(
                SINGLE.dividedBy(Bounded.exact(0), Bounded.exact(0)).value()));
    }

    @Test
    void infinities_and_nan_keep_their_kind() {
        Bounded infinite = Bounded.exact(Double.POSITIVE_INFINITY);
        assertEquals(infinite, SINGLE.plus(infinite, new Bounded(1, 0.5)));
        assertEquals(infinite.negated(), SINGLE.times(infinite, Bounded.exact(-2)));
        Bounded nan = SINGLE.minus(infinite, infinite);
        assertTrue(Double.isNaN(nan.value()) && Double.isNaN(nan.bound()));
        assertTrue(SINGLE.times(Bounded.unknown(1), Bounded.exact(0)).isUnknown());
    }

    @Test
    void a_sum_whose_parts_may_overflow_is_unknown() {
        assertTrue(SINGLE.sum(0, 0, 1e39, 2).isUnknown());
        assertFalse(SINGLE.sum(0, 0, 1e38, 2).isUnknown());
        assertTrue(HALF.sum(100, 0, 70_000, 2).isUnknown());
        assertEquals(Bounded.exact(Double.POSITIVE_INFINITY), HALF.sum(80_000, 0, 80_000, 2));
    }

    @Test
    void constants_may_be_rounded_or_not() {
        assertEquals(0, SINGLE.constant(0.25).bound());
        assertEquals(Math.abs(0.1 - 0.1f), SINGLE.constant(0.1).bound());
        assertEquals(0.1f, SINGLE.roundedConstant(0.1));
    }

    @Test
    void a_kernel_that_computes_wider_than_it_stores_rounds_when_it_stores() {
        Rounding wide = new Rounding() {
            @Override
            public double unit(ElementType type) {
                return UNIT;
            }

            @Override
            public double sum(long terms) {
                return terms;
            }
        };
        Arithmetic arithmetic = new Arithmetic(wide, ElementType.FLOAT16);
        Bounded sum = arithmetic.sum(100, 0, 70_000, 2);
        assertFalse(sum.isUnknown());
        assertEquals(2 * UNIT * 70_000, sum.bound(), 1e-6);
        assertEquals(
                sum.bound() + Math.scalb(100 + sum.bound(), -11),
                arithmetic.stored(sum).bound(),
                1e-6);
        assertTrue(arithmetic.stored(arithmetic.sum(65_510, 0, 65_510, 1)).isUnknown());
        assertEquals(sum, SINGLE.stored(sum));
    }

    @Test
    void without_rounding_all_bounds_are_zero() {
        Arithmetic exact = new Arithmetic(Rounding.none(), ElementType.FLOAT32);
        ElementaryFunctions functions = new ElementaryFunctions(exact);
        assertEquals(0, exact.constant(0.1).bound());
        assertEquals(0, exact.dotProduct(1, 0, 1, 100, 0).bound());
        assertEquals(0, functions.exp(Bounded.exact(1)).bound());
        assertEquals(0, functions.sigmoid(Bounded.exact(1)).bound());
        assertEquals(0, functions.pow(Bounded.exact(3), Bounded.exact(0.5)).bound());
        assertEquals(Math.exp(100), functions.exp(Bounded.exact(100)).value());
    }

    @Test
    void powers_follow_c_where_it_differs_from_java() {
        ElementaryFunctions functions = new ElementaryFunctions(SINGLE);
        assertEquals(
                1, functions.pow(Bounded.exact(1), Bounded.exact(Double.NaN)).value());
        assertEquals(
                1,
                functions
                        .pow(Bounded.exact(-1), Bounded.exact(Double.POSITIVE_INFINITY))
                        .value());
        assertEquals(-8, functions.pow(Bounded.exact(-2), Bounded.exact(3)).value());
    }
}
