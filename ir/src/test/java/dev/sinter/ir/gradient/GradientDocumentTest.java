package dev.sinter.ir.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.graph.GraphPrinter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The example in the document on training is true.
class GradientDocumentTest {
    @Test
    void the_backward_half_is_what_the_document_shows() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "training.md"));
        List<String> blocks =
                List.of(page.substring(page.indexOf("graph small")).split("```"));
        Graph graph = GraphParser.parse("sinter.graph 1\n" + blocks.get(0), "training.md");
        Differentiated differentiated = Gradients.of(
                graph, graph.outputs().getFirst(), List.of(graph.inputs().get(1)));

        List<String> printed = GraphPrinter.print(differentiated.graph())
                .lines()
                .map(GradientDocumentTest::withoutType)
                .toList();
        List<String> told = blocks.get(2)
                .lines()
                .filter(line -> !line.isBlank() && !line.contains("..."))
                .map(GradientDocumentTest::withoutType)
                .toList();
        for (String line : told) {
            assertTrue(printed.stream().anyMatch(other -> other.startsWith(line)), line + " is not in " + printed);
        }
        long made = told.stream().filter(line -> line.contains("(")).count();
        assertEquals(differentiated.graph().nodes().size() - graph.nodes().size(), made);
    }

    private static String withoutType(String line) {
        return line.replaceFirst(": \\S+ =", " =");
    }
}
