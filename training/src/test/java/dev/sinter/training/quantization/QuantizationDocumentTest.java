package dev.sinter.training.quantization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.graph.GraphPrinter;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The example in the document on quantisation is true.
class QuantizationDocumentTest {
    @Test
    void the_steps_are_what_the_document_shows() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "quantization.md"));
        String[] blocks = page.substring(page.indexOf("graph small")).split("```");
        List<String> printed = GraphPrinter.print(quantized(GraphParser.parse("sinter.graph 1\n" + blocks[0], "page")))
                .lines()
                .map(QuantizationDocumentTest::withoutType)
                .toList();
        List<String> told = blocks[2]
                .lines()
                .filter(line -> !line.isBlank())
                .map(QuantizationDocumentTest::withoutType)
                .toList();
        assertEquals(18, told.size());
        for (String line : told) {
            assertTrue(
                    printed.stream().anyMatch(other -> other.startsWith(line)),
                    line + " is not in\n" + String.join("\n", printed));
        }
    }

    private static Graph quantized(Graph graph) {
        IntegerPart part = IntegerPart.of(graph, Set.of());
        Node conv = graph.nodes().getFirst();
        Value x = graph.inputs().getFirst();
        Map<Value, QuantizationParameters> parameters = Map.of(
                x,
                ActivationType.UINT8.parameters(new ValueRange(0, 1)),
                graph.outputs().getFirst(),
                ActivationType.UINT8.parameters(new ValueRange(0, 0.6)));
        Product product = Product.of(graph, conv).orElseThrow();
        QuantizedWeights weights =
                QuantizedWeights.of(product, parameters.get(x).scale(), product.bias(), true);
        return QuantizedGraph.of(graph, part, parameters, Map.of(conv, weights)).graph();
    }

    private static String withoutType(String line) {
        return line.replaceFirst(": \\S+ =", " =");
    }
}
