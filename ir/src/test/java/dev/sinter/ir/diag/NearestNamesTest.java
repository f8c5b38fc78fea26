package dev.sinter.ir.diag;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestNamesTest {
    private static final List<String> KNOWN = List.of("conv", "conv_transpose", "concat", "relu", "h", "b1");

    @Test
    void the_nearest_comes_first() {
        assertEquals(List.of("conv"), NearestNames.of("covn", KNOWN));
        assertEquals(List.of("conv_transpose"), NearestNames.of("convtranspose", KNOWN));
    }

    @Test
    void a_short_name_is_not_near_to_every_other_short_name() {
        assertEquals(List.of("h"), NearestNames.of("hh", KNOWN));
        assertEquals(Optional.empty(), NearestNames.hint("x", KNOWN));
        assertEquals(Optional.empty(), NearestNames.hint("", KNOWN));
    }
}
