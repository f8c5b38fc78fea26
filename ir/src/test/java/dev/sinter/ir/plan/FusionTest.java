package dev.sinter.ir.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.schedule.Target;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Which nodes share a kernel, and what is said of those that do not.
class FusionTest {
    private static Graph graph(String statements) {
        return GraphParser.parse("sinter.graph 1 graph g {\n" + statements + "}\n", "fusion");
    }

    private static Fusion.Result fused(String statements) {
        return Fusion.clusters(graph(statements), true, Target.Limits.COMMON);
    }

    private static List<String> clusters(Fusion.Result result) {
        return result.clusters().stream()
                .map(cluster -> cluster.nodes().stream().map(Node::name).collect(Collectors.joining(" ")))
                .toList();
    }

    @Test
    void convolution_activation_and_pooling_are_one() {
        assertEquals(List.of("y z p"), clusters(fused("""
            %x: f32[1,3,8,8] = input
            %w: f32[4,3,3,3] = constant splat 1
            %y = conv(%x, %w) pads=[1,1,1,1]
            %z = relu(%y)
            %p = max_pool(%z) kernel=[2,2] strides=[2,2]
            return %p
            """)));
    }

    @Test
    void without_fusion_every_node_is_alone() {
        Graph graph = graph("""
            %x: f32[4] = input
            %y = relu(%x)
            %z = sigmoid(%y)
            return %z
            """);
        assertEquals(List.of("y", "z"), clusters(Fusion.clusters(graph, false, Target.Limits.COMMON)));
    }

    @Test
    void elementwise_nodes_join_what_they_are_read_by() {
        assertEquals(List.of("m r y"), clusters(fused("""
            %x: f32[1,3,8,8] = input
            %s: f32[1,3,1,1] = constant splat 2
            %w: f32[4,3,3,3] = constant splat 1
            %m = mul(%x, %s)
            %r = relu(%m)
            %y = conv(%r, %w)
            return %y
            """)));
    }

    /// Of the branch that must be stored a byte is, not the real number that is made of it.
    @Test
    void what_widens_goes_to_the_reader() {
        assertEquals(List.of("a q", "i r b s"), clusters(fused("""
            %x: f32[1,3,8,8] = input
            %w: f32[4,3,3,3] = constant splat 1
            %a = conv(%x, %w)
            %q = quantize(%a) element=uint8 least=0 most=255
            %i = cast(%q) element=int32
            %r = cast(%i) element=float32
            %b = conv(%x, %w)
            %s = add(%b, %r)
            return %s
            """)));
    }

    @Test
    void what_is_as_wide_throughout_stays_where_it_is() {
        assertEquals(List.of("a r", "b s"), clusters(fused("""
            %x: f32[1,3,8,8] = input
            %w: f32[4,3,3,3] = constant splat 1
            %a = conv(%x, %w)
            %r = relu(%a)
            %b = conv(%x, %w)
            %s = add(%b, %r)
            return %s
            """)));
    }

    private static String shuffled(String permutation, String groups, String weights) {
        return """
            %x: f32[1,6,8,8] = input
            %w: f32[6,6,1,1] = constant splat 1
            %a = conv(%x, %w)
            %r = reshape(%a) shape=[1,2,3,8,8]
            %t = transpose(%r) permutation=PERMUTATION
            %s = reshape(%t) shape=[1,6,8,8]
            %v: f32[WEIGHTS] = constant splat 1
            %y = conv(%s, %v) pads=[1,1,1,1] groups=GROUPS
            return %y
            """.replace("PERMUTATION", permutation).replace("GROUPS", groups).replace("WEIGHTS", weights);
    }

    @Test
    void channels_are_shuffled_on_the_way_into_a_depthwise_convolution() {
        assertEquals(List.of("a", "r t s y"), clusters(fused(shuffled("[0,2,1,3,4]", "6", "6,1,3,3"))));
    }

    @Test
    void what_moves_pixels_or_is_read_by_many_channels_is_no_shuffle() {
        List<String> apart = List.of("a", "r", "t", "s", "y");
        assertEquals(apart, clusters(fused(shuffled("[0,2,1,4,3]", "6", "6,1,3,3"))));
        assertEquals(apart, clusters(fused(shuffled("[0,2,1,3,4]", "1", "6,6,3,3"))));
    }

    @Test
    void a_residual_add_joins_one_of_two_convolutions() {
        Fusion.Result result = fused("""
            %x: f32[1,4,8,8] = input
            %w: f32[4,4,1,1] = constant splat 1
            %a = conv(%x, %w)
            %b = conv(%x, %w)
            %s = add(%a, %b)
            %z = relu(%s)
            return %z
            """);
        assertEquals(2, result.clusters().size(), () -> clusters(result).toString());
        assertTrue(
                result.refusals().stream()
                        .anyMatch(refusal -> refusal.toString().contains("a contraction or pooling already")),
                () -> result.refusals().toString());
    }

    @Test
    void what_two_nodes_read_is_computed_once() {
        Fusion.Result result = fused("""
            %x: f32[1,4,8,8] = input
            %w: f32[4,4,1,1] = constant splat 1
            %y = conv(%x, %w)
            %a = relu(%y)
            %b = sigmoid(%y)
            return %a, %b
            """);
        assertEquals(List.of("y", "a", "b"), clusters(result));
        assertTrue(
                result.refusals().stream()
                        .allMatch(refusal -> refusal.toString().contains("is read by 2 nodes")),
                () -> result.refusals().toString());
    }

    @Test
    void an_output_of_the_network_ends_a_kernel() {
        assertEquals(List.of("y", "z"), clusters(fused("""
            %x: f32[4] = input
            %y = relu(%x)
            %z = sigmoid(%y)
            return %y, %z
            """)));
    }

    @Test
    void no_kernel_has_more_operators_than_its_target_takes() {
        int most = Target.Limits.COMMON.operators();
        String chain = IntStream.range(0, 2 * most)
                .mapToObj(i -> "%y" + (i + 1) + " = relu(%y" + i + ")\n")
                .collect(Collectors.joining());
        Fusion.Result result = fused("%y0: f32[4] = input\n" + chain + "return %y" + 2 * most + "\n");
        assertEquals(
                List.of(most, most),
                result.clusters().stream()
                        .map(cluster -> cluster.nodes().size())
                        .toList());
    }
}
