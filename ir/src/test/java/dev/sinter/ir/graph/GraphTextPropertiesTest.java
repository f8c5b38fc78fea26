package dev.sinter.ir.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class GraphTextPropertiesTest {
    @Property(tries = 300)
    void any_graph_parses_to_itself(@ForAll long seed) {
        Graph graph = SampleGraphs.random(seed);
        String text = GraphPrinter.print(graph);
        Graph parsed = GraphParser.parse(text, "random.sir");
        assertEquals(text, GraphPrinter.print(parsed));
        assertSame(graph, parsed);
    }

    @Property(tries = 2000)
    void a_damaged_text_gives_a_graph_or_a_fault(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] text = GraphPrinter.print(SampleGraphs.random(seed % 50)).getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(4); i >= 0; i--) {
            text = damaged(text, random);
        }
        try {
            GraphParser.parse(new String(text, StandardCharsets.UTF_8), "damaged.sir");
        } catch (CompileException fault) {
            assertTrue(fault.where().startsWith("damaged.sir:"), fault.getMessage());
        }
    }

    @Test
    void the_sample_graphs_hold_every_operator() {
        Set<String> seen = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            SampleGraphs.random(seed).nodes().forEach(node -> seen.add(node.op().mnemonic()));
        }
        assertEquals(OpCatalog.standard().mnemonics(), seen);
    }

    /// Changes, drops, doubles or moves a few bytes.
    private static byte[] damaged(byte[] text, Random random) {
        int from = random.nextInt(text.length);
        int length = Math.min(text.length - from, 1 + random.nextInt(1 + random.nextInt(20)));
        StringBuilder latin = new StringBuilder(new String(text, StandardCharsets.ISO_8859_1));
        String piece = latin.substring(from, from + length);
        switch (random.nextInt(5)) {
            case 0 -> latin.setCharAt(from, (char) random.nextInt(256));
            case 1 -> latin.delete(from, from + length);
            case 2 -> latin.insert(random.nextInt(latin.length()), piece);
            case 3 -> latin.replace(from, from + length, "[]{}(),:=%@\"-0".substring(random.nextInt(14)));
            default -> latin.setCharAt(from, "0123456789-.e".charAt(random.nextInt(13)));
        }
        return latin.isEmpty() ? text : latin.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void assertSame(Graph expected, Graph found) {
        assertEquals(expected.name(), found.name());
        assertEquals(names(expected.inputs()), names(found.inputs()));
        assertEquals(names(expected.outputs()), names(found.outputs()));
        assertEquals(
                names(expected.constants().keySet()), names(found.constants().keySet()));
        List<Tensor> tensors = new ArrayList<>(found.constants().values());
        int next = 0;
        for (Tensor tensor : expected.constants().values()) {
            assertTrue(tensor.sameBits(tensors.get(next)), "constant " + next);
            next++;
        }
        assertEquals(expected.nodes().size(), found.nodes().size());
        for (int i = 0; i < expected.nodes().size(); i++) {
            Node a = expected.nodes().get(i);
            Node b = found.nodes().get(i);
            assertEquals(a.name(), b.name());
            assertEquals(a.op(), b.op());
            assertEquals(names(a.inputs()), names(b.inputs()));
            assertEquals(names(a.outputs()), names(b.outputs()));
        }
    }

    private static List<String> names(Iterable<Value> values) {
        List<String> names = new ArrayList<>();
        values.forEach(value -> names.add(value.toString()));
        return names;
    }
}
