package dev.sinter.ir.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sinter.ir.diag.CompileException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GraphTest {
    private static final Graph GRAPH = GraphParser.parse("""
        sinter.graph 1
        graph diamond {
          %x: f32[4] = input
          %c: f32[4] = constant splat 2
          %a = relu(%x)
          %b = add(%a, %c)
          %d = mul(%a, %b)
          %e = sigmoid(%d)
          return %e
        }
        """, "diamond.sir");

    private static Value value(String name) {
        return GRAPH.nodes().stream()
                .map(Node::output)
                .filter(output -> output.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> names(Collection<Node> nodes) {
        return nodes.stream().map(Node::name).collect(Collectors.toSet());
    }

    @Test
    void between_two_values_are_the_nodes_on_the_way() {
        Value x = GRAPH.inputs().getFirst();
        assertEquals(Set.of("a", "b", "d"), names(GRAPH.between(Set.of(x), List.of(value("d")))));
        assertEquals(Set.of("b", "d"), names(GRAPH.between(Set.of(value("a")), List.of(value("d")))));
        assertEquals(Set.of(), names(GRAPH.between(Set.of(), List.of(x))));
    }

    @Test
    void an_input_that_is_not_known_is_lacking() {
        Value x = GRAPH.inputs().getFirst();
        List<Value> wanted = List.of(value("d"));
        assertEquals(Set.of(x), GRAPH.lacking(Set.of(), wanted));
        assertEquals(Set.of(x), GRAPH.lacking(Set.of(value("b")), wanted));
        assertEquals(Set.of(), GRAPH.lacking(Set.of(value("a")), wanted));
        assertEquals(Set.of(), GRAPH.lacking(Set.of(x), List.of(x)));
        assertEquals(Set.of(x), GRAPH.lacking(Set.of(), List.of(x)));
    }

    @Test
    void what_is_wanted_is_made_though_it_is_known() {
        Value d = value("d");
        assertEquals(Set.of("d"), names(GRAPH.between(Set.of(value("a"), value("b"), d), List.of(d))));
    }

    @Test
    void a_part_has_the_constants_that_it_reads() {
        Graph part = GRAPH.part("middle", List.of(value("a")), GRAPH.nodes().subList(1, 3), List.of(value("d")));
        assertEquals("""
            sinter.graph 1
            graph middle {
              %a: f32[4] = input
              %c: f32[4] = constant splat 2
              %b: f32[4] = add(%a, %c)
              %d: f32[4] = mul(%a, %b)
              return %d
            }
            """, GraphPrinter.print(part));
        assertThrows(
                CompileException.class,
                () -> GRAPH.part("middle", List.of(), GRAPH.nodes().subList(1, 3), List.of(value("d"))));
    }
}
