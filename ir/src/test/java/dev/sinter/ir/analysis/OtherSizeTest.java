package dev.sinter.ir.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.op.Flatten;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.type.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class OtherSizeTest {
    @Test
    void a_network_that_flattens_to_a_fixed_length_refuses_and_says_where() {
        OtherSize size = OtherSize.scaled(
                SmallNetwork.of(1, 1, 8, 8)
                        .conv(2, 3, 1, 1)
                        .then(new Reshape(List.of(1L, 128L)))
                        .facts(),
                3,
                2);
        assertEquals(Shape.of(1, 2, 12, 12), size.lastMap().orElseThrow());
        CompileException refusal = size.refusal().orElseThrow();
        assertEquals("layer1 (reshape)", refusal.where());
        assertTrue(refusal.fact().contains("288") && refusal.fact().contains("128"), refusal::getMessage);
    }

    @Test
    void a_network_with_global_pooling_takes_it() {
        OtherSize size = OtherSize.scaled(
                SmallNetwork.of(1, 1, 8, 8)
                        .conv(2, 3, 1, 1)
                        .then(new Reduce(Reduce.Kind.MEAN, List.of(2L, 3L), true))
                        .then(new Flatten(1))
                        .facts(),
                2,
                1);
        assertTrue(size.refusal().isEmpty());
        assertEquals(Shape.of(1, 2, 16, 16), size.lastMap().orElseThrow());
    }

    @Test
    void a_network_that_answers_with_a_map_has_no_last_one() {
        OtherSize size =
                OtherSize.scaled(SmallNetwork.of(1, 1, 8, 8).conv(2, 3, 1, 1).facts(), 2, 1);
        assertTrue(size.refusal().isEmpty());
        assertTrue(size.lastMap().isEmpty());
    }
}
