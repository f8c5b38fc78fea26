package dev.sinter.tests.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.verify.StepVerdict;
import dev.sinter.tests.support.Devices;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// By what `verify --exact` judges a layer in which a division rounds.
@NullMarked
class ExactModesTest {
    @Test
    void a_quotient_is_judged_by_its_own_rounding() {
        assertEquals(List.of(StepVerdict.Mode.EXACT_BUT_DIVISION), modes("""
            %y = div(%x, %z)
            """));
        assertEquals(List.of(StepVerdict.Mode.EXACT_BUT_DIVISION), modes("""
            %q = div(%x, %z)
            %y = relu(%q)
            """));
    }

    /// The sum of quotients may be far smaller than each.
    @Test
    void a_sum_of_quotients_is_judged_by_its_bound() {
        assertEquals(List.of(StepVerdict.Mode.BOUND), modes("""
            %q = div(%x, %z)
            %y = matmul(%q, %w)
            """));
    }

    private static List<StepVerdict.Mode> modes(String statements) {
        return Verified.exact(
                GraphParser.parse("""
                    sinter.graph 1
                    graph quotients {
                    %x: f32[1,957] = input
                    %z: f32[1,1] = input
                    %w: f32[957,1] = constant random 1
                    """ + statements + "return %y\n}\n", "quotients"),
                Devices.of(Devices.JVM),
                CompileOptions.DEFAULT);
    }
}
