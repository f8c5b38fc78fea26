package dev.sinter.training.quantization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Quantize;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Where bytes stand in a network, without any that is run.
class QuantizedGraphTest {
    private static final String CONV = " strides=[1,1] pads=[0,0,0,0] dilations=[1,1] groups=1";
    private static final String POOL = " kernel=[2,2] strides=[1,1] pads=[0,0,0,0] dilations=[1,1] ceil_mode=false";

    private static Graph parsed(String body) {
        return GraphParser.parse(
                "sinter.graph 1\ngraph g {\n  %x: f32[1,2,4,4] = input\n  %w: f32[2,2,1,1] = constant [1, -2, 3, 4]\n"
                        + body.replace("CONV", CONV).replace("POOL", POOL) + "\n}\n",
                "test");
    }

    private static Set<String> integerNodes(Graph graph, String... keep) {
        IntegerPart part = IntegerPart.of(graph, Set.of(keep));
        return graph.nodes().stream().filter(part::contains).map(Node::name).collect(Collectors.toSet());
    }

    private static List<String> bytes(Graph graph, String... keep) {
        return IntegerPart.of(graph, Set.of(keep)).quantized().stream()
                .map(Value::name)
                .toList();
    }

    private static List<List<String>> groups(Graph graph, Node... rounding) {
        return IntegerPart.of(graph, Set.of()).groups(Set.of(rounding)).stream()
                .map(group -> group.members().stream().map(Value::name).toList())
                .toList();
    }

    /// The network with ranges from -1 to 1, or from 0 behind a rectifier.
    private static Graph quantized(Graph graph, ActivationType type, String... keep) {
        IntegerPart part = IntegerPart.of(graph, Set.of(keep));
        Map<Value, QuantizationParameters> parameters = new HashMap<>();
        part.groups(Set.of()).forEach(group -> {
            boolean rectified = group.sources().stream()
                    .allMatch(source -> graph.producer(source)
                            .filter(node -> part.kind(node) == LayerKind.RECTIFIER)
                            .isPresent());
            group.members()
                    .forEach(member -> parameters.put(member, type.parameters(new ValueRange(rectified ? 0 : -1, 1))));
        });
        Map<Node, QuantizedWeights> weights = new LinkedHashMap<>();
        for (Node node : graph.nodes()) {
            if (part.contains(node)) {
                Product.of(graph, node)
                        .ifPresent(product -> weights.put(
                                node,
                                QuantizedWeights.of(
                                        product, parameters.get(node.input(0)).scale(), product.bias(), true)));
            }
        }
        return QuantizedGraph.of(graph, part, parameters, weights).graph();
    }

    private static boolean has(Graph graph, String mnemonic) {
        return graph.nodes().stream().anyMatch(node -> node.op().mnemonic().equals(mnemonic));
    }

    private static long rounded(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> node.op() instanceof Quantize)
                .count();
    }

    @Test
    void a_convolution_reads_and_yields_bytes() {
        Graph graph = parsed("  %y = conv(%x, %w)CONV\n  return %y");
        assertEquals(Set.of("y"), integerNodes(graph));
        assertEquals(List.of("x", "y"), bytes(graph));
        Graph made = quantized(graph, ActivationType.UINT8);
        assertEquals(2, rounded(made));
        assertEquals(List.of("x"), names(made.inputs()));
        assertEquals(List.of("y"), names(made.outputs()));
    }

    private static List<String> names(List<Value> values) {
        return values.stream().map(Value::name).toList();
    }

    @Test
    void scores_of_a_classifier_stay_real_numbers() {
        Graph graph = parsed("""
            %f = reshape(%x) shape=[1,32]
            %m: f32[32,3] = constant splat 0.5
            %s = gemm(%f, %m) alpha=1 beta=1 transpose_a=false transpose_b=false
            %y = softmax(%s) axis=1
            return %y\
            """);
        assertEquals(Set.of("f", "s"), integerNodes(graph));
        assertEquals(List.of("x", "f"), bytes(graph));
    }

    @Test
    void a_rectifier_is_what_rounding_to_its_range_does() {
        Graph graph = parsed("  %c = conv(%x, %w)CONV\n  %y = relu(%c)\n  return %y");
        assertEquals(List.of("x", "y"), bytes(graph));
        assertFalse(has(quantized(graph, ActivationType.UINT8), "relu"));
        assertFalse(has(quantized(graph, ActivationType.INT8), "relu"));
    }

    @Test
    void a_rectifier_stays_where_bytes_go_below_zero() {
        Graph graph = parsed("  %c = conv(%x, %w)CONV\n  %y = relu(%c)\n  return %y");
        assertTrue(has(quantized(graph, ActivationType.SYMMETRIC), "relu"));
    }

    @Test
    void a_clip_within_the_range_stays() {
        Graph narrow = parsed("  %c = conv(%x, %w)CONV\n  %y = clip(%c) min=0 max=0.5\n  return %y");
        assertTrue(has(quantized(narrow, ActivationType.UINT8), "clip"));
        Graph wide = parsed("  %c = conv(%x, %w)CONV\n  %y = clip(%c) min=0 max=6\n  return %y");
        assertFalse(has(quantized(wide, ActivationType.UINT8), "clip"));
    }

    @Test
    void what_a_second_node_reads_before_the_rectifier_is_bytes_of_its_own() {
        Graph graph = parsed("""
            %c = conv(%x, %w)CONV
            %r = relu(%c)
            %d = conv(%r, %w)CONV
            %e = conv(%c, %w)CONV
            return %d, %e\
            """);
        assertEquals(List.of("x", "c", "r", "d", "e"), bytes(graph));
        assertEquals(Set.of("c", "r", "d", "e"), integerNodes(graph));
    }

    @Test
    void pooling_and_concatenation_keep_the_scale() {
        Graph graph = parsed("""
            %a = conv(%x, %w)CONV
            %b = conv(%x, %w)CONV
            %p = max_pool(%a)POOL
            %q = max_pool(%b)POOL
            %c = concat(%p, %q) axis=1
            %v: f32[1,4,1,1] = constant [1, 2, 3, 4]
            %y = conv(%c, %v)CONV
            return %y\
            """);
        assertEquals(List.of(List.of("x"), List.of("a", "b", "p", "q", "c"), List.of("y")), groups(graph));
        IntegerPart.Group shared =
                IntegerPart.of(graph, Set.of()).groups(Set.of()).get(1);
        assertEquals(List.of("a", "b"), names(shared.sources()));
        assertEquals(
                List.of(List.of("x"), List.of("a", "p"), List.of("b", "q"), List.of("c"), List.of("y")),
                groups(graph, graph.nodes().get(4)));
    }

    @Test
    void a_sum_of_branches_has_a_scale_of_its_own() {
        Graph graph = parsed("""
            %a = conv(%x, %w)CONV
            %s = add(%a, %x)
            %r = relu(%s)
            %y = conv(%r, %w)CONV
            return %y\
            """);
        assertEquals(Set.of("a", "s", "y"), integerNodes(graph));
        assertEquals(List.of(List.of("x"), List.of("a"), List.of("r"), List.of("y")), groups(graph));
        assertFalse(has(quantized(graph, ActivationType.UINT8), "relu"));
    }

    @Test
    void what_stands_between_other_nodes_stays_in_floating_point() {
        Graph graph = parsed("""
            %s = sigmoid(%x)
            %p = max_pool(%s)POOL
            %t = tanh(%p)
            %y = conv(%t, %w)CONV
            return %y\
            """);
        assertEquals(Set.of("y"), integerNodes(graph));
        assertEquals(List.of("t", "y"), bytes(graph));
    }

    @Test
    void a_layer_that_is_kept_is_left_out() {
        Graph graph = parsed("""
            %a = conv(%x, %w)CONV
            %b = conv(%a, %w)CONV
            %y = conv(%b, %w)CONV
            return %y\
            """);
        assertEquals(Set.of("a", "y"), integerNodes(graph, "b"));
        assertEquals(Set.of("b", "y"), integerNodes(graph, "a"));
        assertEquals(List.of("a", "b", "y"), bytes(graph, "a"), "x stays as it is");
    }

    @Test
    void a_rectifier_that_is_kept_is_no_part_of_the_layer_before_it() {
        Graph graph = parsed("  %c = conv(%x, %w)CONV\n  %r = relu(%c)\n  %y = conv(%r, %w)CONV\n  return %y");
        assertEquals(List.of("x", "r", "y"), bytes(graph));
        assertEquals(List.of("x", "c", "r", "y"), bytes(graph, "r"), "what the rectifier reads is bytes of its own");
        assertTrue(has(quantized(graph, ActivationType.UINT8, "r"), "relu"));
    }

    @Test
    void weights_that_are_computed_are_not_quantised() {
        Graph graph = parsed("""
            %v: f32[2,2,1,1] = input
            %y = conv(%x, %v)CONV
            return %y\
            """);
        assertEquals(Set.of(), integerNodes(graph));
    }

    @Test
    void one_constant_in_two_layers_is_rounded_for_each() {
        Graph graph = parsed("  %a = conv(%x, %w)CONV\n  %y = conv(%a, %w)CONV\n  return %y");
        Graph made = quantized(graph, ActivationType.UINT8);
        assertEquals(
                2,
                made.constants().keySet().stream()
                        .filter(constant ->
                                Arrays.asList("w_quantized", "w_quantized.2").contains(constant.name()))
                        .count());
        assertFalse(names(List.copyOf(made.constants().keySet())).contains("w"), "no real weights are left");
    }
}
