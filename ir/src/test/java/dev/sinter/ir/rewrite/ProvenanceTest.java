package dev.sinter.ir.rewrite;

import static dev.sinter.ir.rewrite.PassTexts.graph;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProvenanceTest {
    private final Graph imported = graph("""
        %x: f32[1,1,2,2] = input
        %w: f32[1,1,1,1] = constant [3]
        %two: f32[] = constant [2]
        %h = conv(%x, %w)
        %n = mul(%h, %two)
        %r = relu(%n)
        %i = identity(%r)
        %y = identity(%i)
        %d = dropout(%n) ratio=0.5
        return %y, %d
        """);
    private final Provenance provenance =
            Provenance.of(imported, StandardPasses.pipeline().run(imported, Trace.silent()));

    @Test
    void values_of_both_graphs_are_shared_and_others_were_made() {
        assertEquals(List.of("x", "d", "y"), names(provenance.shared()));
        assertEquals(List.of("w.folded"), names(provenance.made()));
    }

    @Test
    void an_imported_value_is_found_under_the_name_that_was_kept() {
        Map<String, String> byName = provenance.byImported().entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().name(),
                        entry -> entry.getValue().name()));
        assertEquals(Map.of("x", "x", "n", "d", "d", "d", "r", "y", "i", "y", "y", "y"), byName);
    }

    @Test
    void constants_that_became_part_of_others_are_folded() {
        assertEquals(List.of("w", "two"), names(provenance.folded()));
        assertEquals(Set.of(), Provenance.of(imported, imported).folded());
    }

    @Test
    void what_was_computed_twice_is_known_from_the_one_that_was_kept() {
        Graph twice = graph("""
            %x: f32[2] = input
            %c: f32[2] = constant [1, 2]
            %d: f32[2] = constant [1, 2]
            %one: f32[] = constant [1]
            %a = mul(%x, %c)
            %b = mul(%d, %x)
            %n = mul(%b, %one)
            %y = tanh(%n)
            %z = relu(%a)
            return %y, %n, %z
            """);
        Provenance found = Provenance.of(twice, StandardPasses.pipeline().run(twice, Trace.silent()));
        assertEquals(List.of("x", "c", "n", "y", "z"), names(found.shared()));
        found.byImported().forEach((value, kept) -> {
            if (value.name().equals("a") || value.name().equals("b")) {
                assertEquals("n", kept.name());
            }
        });
        assertEquals(8, found.byImported().size());
        assertEquals(List.of("one"), names(found.folded()));
    }

    private static List<String> names(Collection<Value> values) {
        return values.stream().map(Value::name).toList();
    }
}
