package dev.sinter.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.Tensor;
import org.junit.jupiter.api.Test;

class InitialiserTest {
    private final Graph network = GraphParser.parse("""
        sinter.graph 1
        graph net {
          %x: f32[1,8,6,6] = input
          %w: f32[64,4,3,3] = constant random 1
          %b: f32[64] = constant random 2
          %c: f32[1,64,4,4] = conv(%x, %w, %b) groups=2
          %scale: f32[64] = constant random 3
          %shift: f32[64] = constant random 4
          %mean: f32[64] = constant random 5
          %variance: f32[64] = constant random 6
          %n: f32[1,64,4,4] = batch_normalization(%c, %scale, %shift, %mean, %variance) epsilon=1e-5
          %f: f32[1,1024] = flatten(%n) axis=1
          %v: f32[10,1024] = constant random 7
          %y: f32[1,10] = gemm(%f, %v) alpha=1 beta=1 transpose_a=false transpose_b=true
          return %y
        }
        """, "network.sir");

    private Tensor constant(Graph graph, String name) {
        return graph.constants().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static double variance(Tensor tensor) {
        double sum = 0;
        for (long i = 0; i < tensor.shape().elements(); i++) {
            sum += tensor.get(i) * tensor.get(i);
        }
        return sum / tensor.shape().elements();
    }

    @Test
    void he_gives_weights_the_variance_of_two_over_the_fan_in() {
        Graph graph = Initialiser.HE.initialise(network, 1);
        assertEquals(2.0 / 36, variance(constant(graph, "w")), 0.1 * 2.0 / 36);
        assertEquals(2.0 / 1024, variance(constant(graph, "v")), 0.1 * 2.0 / 1024);
    }

    @Test
    void glorot_gives_weights_the_variance_of_two_over_both_fans() {
        Graph graph = Initialiser.GLOROT.initialise(network, 1);
        // Two groups: an input channel is read by half of the output channels.
        assertEquals(2.0 / (36 + 288), variance(constant(graph, "w")), 0.1 * 2.0 / 324);
        assertEquals(2.0 / 1034, variance(constant(graph, "v")), 0.1 * 2.0 / 1034);
        double limit = Math.sqrt(6.0 / 1034) * 1.0001;
        Tensor weights = constant(graph, "v");
        for (long i = 0; i < weights.shape().elements(); i++) {
            assertTrue(Math.abs(weights.get(i)) <= limit);
        }
    }

    @Test
    void what_does_not_multiply_starts_neutral() {
        Graph graph = Initialiser.HE.initialise(network, 1);
        assertEquals(0, constant(graph, "b").get(7));
        assertEquals(1, constant(graph, "scale").get(7));
        assertEquals(0, constant(graph, "shift").get(7));
        assertEquals(0, constant(graph, "mean").get(7));
        assertEquals(1, constant(graph, "variance").get(7));
    }

    @Test
    void one_seed_gives_one_network() {
        for (Value value : network.constants().keySet()) {
            assertTrue(constant(Initialiser.HE.initialise(network, 5), value.name())
                    .sameBits(constant(Initialiser.HE.initialise(network, 5), value.name())));
        }
        assertFalse(constant(Initialiser.HE.initialise(network, 5), "w")
                .sameBits(constant(Initialiser.HE.initialise(network, 6), "w")));
    }
}
