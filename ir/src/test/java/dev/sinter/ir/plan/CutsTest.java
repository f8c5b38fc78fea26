package dev.sinter.ir.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Target;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The ways to divide a group between kernels.
class CutsTest {
    private static final String POOLED = """
        %x: f32[1,3,8,8] = input
        %w: f32[4,3,3,3] = constant splat 1
        %y = conv(%x, %w) pads=[1,1,1,1]
        %z = relu(%y)
        %p = max_pool(%z) kernel=[2,2] strides=[2,2]
        return %p
        """;

    private static Group group(String statements) {
        return Fusion.clusters(
                        GraphParser.parse("sinter.graph 1 graph g {\n" + statements + "}\n", "cuts"),
                        true,
                        Target.Limits.COMMON)
                .clusters()
                .getFirst()
                .group();
    }

    private static List<String> cuts(Group group) {
        return Cuts.of(group).stream().map(CutsTest::names).toList();
    }

    private static String names(Set<Stage> stages) {
        return stages.stream()
                .map(Stage::name)
                .collect(Collectors.toCollection(TreeSet::new))
                .toString();
    }

    @Test
    void what_a_pooling_reads_may_go_to_memory() {
        assertEquals(List.of("[max_pool]", "[max_pool, relu]"), cuts(group(POOLED)));
    }

    @Test
    void the_fewest_kernels_come_first_and_the_result_is_in_each() {
        Group group = group("""
            %x: f32[4,16] = input
            %y = softmax(%x) axis=1
            return %y
            """);
        List<Set<Stage>> cuts = Cuts.of(group);
        assertEquals(Set.of(group.root()), cuts.getFirst());
        for (int i = 1; i < cuts.size(); i++) {
            assertTrue(cuts.get(i - 1).size() <= cuts.get(i).size());
            assertTrue(cuts.get(i).contains(group.root()));
        }
        assertEquals(cuts.size(), Set.copyOf(cuts).size(), "none is there twice");
    }

    @Test
    void in_the_safest_every_reduction_has_a_kernel() {
        assertEquals("[conv, max_pool]", names(Cuts.safest(group(POOLED))));
    }

    /// At most three places, however many stages a group has.
    @Test
    void there_are_at_most_eight() {
        Group group = group("""
            %x: f32[1,3,8,8] = input
            %w: f32[4,3,3,3] = constant splat 1
            %y = conv(%x, %w) pads=[1,1,1,1]
            %z = softmax(%y) axis=1
            return %z
            """);
        assertTrue(Cuts.of(group).size() <= 8, () -> cuts(group).toString());
    }
}
