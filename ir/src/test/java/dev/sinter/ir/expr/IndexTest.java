package dev.sinter.ir.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class IndexTest {
    private final Axis block = new Axis("block", 24);
    private final Axis lane = new Axis("lane", 16);

    @Test
    void lanes_of_an_aligned_block_divide_alike() {
        Index channel = Index.of(block).times(16).plus(Index.of(lane));
        assertEquals(Index.of(block).dividedBy(8), channel.dividedBy(128));
        assertEquals(Index.of(block).modulo(8).times(16).plus(Index.of(lane)), channel.modulo(128));
    }

    @Test
    void lanes_of_a_block_that_is_not_aligned_do_not() {
        Index channel = Index.of(block).times(16).plus(Index.of(lane)).plus(1);
        assertTrue(channel.dividedBy(128).dependsOn(lane));
        assertFalse(channel.plus(15).dividedBy(128).dependsOn(lane));
    }

    @Property
    void quotients_and_remainders_are_those_of_the_value(
            @ForAll @Size(3) List<@LongRange(min = -48, max = 48) Long> factors,
            @ForAll @LongRange(min = -200, max = 200) long constant,
            @ForAll @LongRange(min = 1, max = 96) long divisor,
            @ForAll @Size(3) List<@LongRange(min = 0, max = 6) Long> values) {
        List<Axis> axes = List.of(new Axis("i", 7), new Axis("j", 7), new Axis("k", 7));
        Index index = Index.of(constant);
        for (int axis = 0; axis < 3; axis++) {
            index = index.plus(Index.of(axes.get(axis)).times(factors.get(axis)));
        }
        long value = index.evaluate(axis -> values.get(axes.indexOf(axis)));
        Index quotient = index.dividedBy(divisor);
        Index remainder = index.modulo(divisor);
        assertEquals(Math.floorDiv(value, divisor), quotient.evaluate(axis -> values.get(axes.indexOf(axis))));
        assertEquals(Math.floorMod(value, divisor), remainder.evaluate(axis -> values.get(axes.indexOf(axis))));
    }
}
