package dev.sinter.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassHeadTest {
    private static Graph network(boolean transposed) {
        return GraphParser.parse(
                """
                sinter.graph 1
                graph net {
                  %x: f32[4,6] = input
                  %v: f32[5,6] = constant random 1
                  %h: f32[4,5] = gemm(%x, %v) alpha=1 beta=1 transpose_a=false transpose_b=true
                  %r: f32[4,5] = relu(%h)
                  %w: f32[WEIGHTS] = constant random 2
                  %b: f32[10] = constant random 3
                  %s: f32[4,10] = gemm(%r, %w, %b) alpha=1 beta=1 transpose_a=false transpose_b=TRANSPOSED
                  %y: f32[4,10] = softmax(%s) axis=1
                  return %y
                }
                """.replace("WEIGHTS", transposed ? "10,5" : "5,10").replace("TRANSPOSED", String.valueOf(transposed)),
                "net.sir");
    }

    private static Tensor constant(Graph graph, String name) {
        return graph.constants().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_last_layer_gets_as_many_outputs_as_there_are_classes_and_all_else_stays(boolean transposed) {
        Graph network = network(transposed);
        Graph resized = ClassHead.of(network, 3, 1);
        assertEquals(Shape.of(4, 3), resized.outputs().getFirst().type().shape());
        assertEquals(
                transposed ? Shape.of(3, 5) : Shape.of(5, 3),
                constant(resized, "w").shape());
        assertEquals(Shape.of(3), constant(resized, "b").shape());
        assertTrue(constant(network, "v").sameBits(constant(resized, "v")));
        assertTrue(constant(resized, "w").sameBits(constant(ClassHead.of(network, 3, 1), "w")));
    }

    @Test
    void a_network_that_fits_stays_as_it_is() {
        Graph network = network(true);
        assertSame(network, ClassHead.of(network, 10, 1));
    }

    @Test
    void a_network_that_ends_otherwise_is_refused() {
        Graph network = GraphParser.parse("""
            sinter.graph 1
            graph net {
              %x: f32[1,2,3,3] = input
              %w: f32[4,2,3,3] = constant random 1
              %c: f32[1,4,1,1] = conv(%x, %w)
              %y: f32[1,4] = flatten(%c) axis=1
              return %y
            }
            """, "net.sir");
        CompileException fault = assertThrows(CompileException.class, () -> ClassHead.of(network, 3, 1));
        assertEquals(Code.TRAINING_DATA, fault.code());
    }
}
