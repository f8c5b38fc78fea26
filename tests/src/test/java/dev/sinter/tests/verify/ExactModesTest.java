package dev.sinter.tests.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.verify.ExactNetwork;
import dev.sinter.ir.verify.StepVerdict;
import dev.sinter.ir.verify.Verification;
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

    /// What Winograd's algorithm yields is rounded to integers before it is judged, so that it must be integers.
    @Test
    void a_leaky_relu_behind_winograds_algorithm_keeps_integers() {
        Verified.exact(GraphParser.parse("""
            sinter.graph 1
            graph leaky {
            %x: f32[66,1,2,1] = input
            %w: f32[1,1,3,3] = constant random 1
            %b: f32[1] = constant random 2
            %c = conv(%x, %w, %b) pads=[1,1,1,1]
            %y = leaky_relu(%c) alpha=0.01
            return %y
            }
            """, "leaky"), Devices.of(Devices.JVM));
    }

    /// The convolution takes one normalisation into its weights, so that nobody computes what the imported network has
    /// between the two.
    @Test
    void what_depends_on_an_input_by_a_way_that_is_gone_is_judged_with_what_reads_it() {
        Graph graph = ExactNetwork.of(GraphParser.parse("""
            sinter.graph 1
            graph normalised {
            %t0: bool[1,1,1] = input
            %t1: f32[1,1,1] = input
            %t2: f32[1] = constant random 1
            %t3: f32[1] = constant random 2
            %t4: f32[1] = constant random 3
            %t5: f32[1] = constant random 4
            %t6: f32[4,1,3] = constant random 5
            %t7: f32[5] = constant random 6
            %t8: f32[5] = constant random 7
            %t9: f32[5] = constant random 8
            %t10: f32[5] = constant random 9
            %t11: f32[1] = constant random 10
            %t12: f32[1] = constant random 11
            %t13: f32[1] = constant random 12
            %t14: f32[1] = constant random 13
            %t15 = batch_normalization(%t1, %t2, %t3, %t4, %t5) epsilon=1e-5
            %t16 = conv(%t15, %t6) strides=[1] pads=[1,1] dilations=[1] groups=1
            %t17 = concat(%t1, %t16) axis=1
            %t18 = batch_normalization(%t17, %t7, %t8, %t9, %t10) epsilon=1e-5
            %t19 = batch_normalization(%t15, %t11, %t12, %t13, %t14) epsilon=1e-5
            %t20 = cast(%t0) element=float32
            return %t20, %t18, %t19
            }
            """, "normalised"), 1);
        try (Executable executable = Sinter.compile(graph, Devices.of(Devices.JVM))) {
            assertTrue(Verification.exact(executable, 5, _ -> {}).passed());
        }
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
