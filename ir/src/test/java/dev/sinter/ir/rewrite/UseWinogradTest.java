package dev.sinter.ir.rewrite;

import static dev.sinter.ir.rewrite.PassTexts.assertUnchanged;
import static dev.sinter.ir.rewrite.PassTexts.graph;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Verifier;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.numeric.Winograd;
import dev.sinter.ir.op.WinogradConv;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UseWinogradTest {
    private static final String PADDED = """
        %x: f64[2,3,9,6] = input
        %w: f64[5,3,3,3] = constant random 1
        %b: f64[5] = constant random 2
        %y = conv(%x, %w, %b) pads=[1,0,2,1]
        return %y
        """;

    /// In double, so that nothing but a wrong place or sign makes a difference.
    @ParameterizedTest
    @EnumSource(Winograd.class)
    void the_convolution_stays_the_same(Winograd algorithm) {
        Graph direct = graph(PADDED);
        Graph rewritten = new RulePass(new UseWinograd(algorithm)).apply(direct);
        Verifier.verify(rewritten);
        assertEquals(
                List.of(new WinogradConv(algorithm.tile(), List.of(1L, 0L, 2L, 1L))),
                rewritten.nodes().stream().map(Node::op).toList());
        Map<String, Tensor> inputs =
                Map.of("x", RandomTensors.normal(direct.inputs().getFirst().type(), 0, 1, 3));
        TensorView expected = view(direct, inputs);
        TensorView found = view(rewritten, inputs);
        for (long i = 0; i < expected.type().shape().elements(); i++) {
            assertEquals(expected.value(i), found.value(i), 1e-12, "element " + i);
        }
    }

    private static TensorView view(Graph graph, Map<String, Tensor> inputs) {
        return new Interpreter(graph, Rounding.none())
                .evaluate(inputs)
                .values()
                .iterator()
                .next();
    }

    @ParameterizedTest
    @EnumSource(Winograd.class)
    void what_it_cannot_compute_stays(Winograd algorithm) {
        assertUnchanged(new UseWinograd(algorithm), """
            %x: f32[1,4,9,9] = input
            %w: f32[4,4,3,3] = input
            %v: f32[4,4,3,3] = constant random 1
            %g: f32[4,2,3,3] = constant random 2
            %k: f32[4,4,5,5] = constant random 3
            %a = conv(%x, %w)
            %b = conv(%x, %v) strides=[2,2]
            %c = conv(%x, %v) dilations=[2,2]
            %d = conv(%x, %g) groups=2
            %e = conv(%x, %k)
            return %a, %b, %c, %d, %e
            """);
    }
}
