package dev.sinter.frontend.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.op.Softmax;
import dev.sinter.ir.type.RandomTensors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZooTest {
    /// The parameter counts are those that the papers and their usual implementations state, where they do.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        lenet5          | 3 | [3,10]      | 61706
        lenet5-1998     | 2 | [2,10]      | 61706
        alexnet         | 1 | [1,1000]    | 60965224
        vgg16           | 1 | [1,1000]    | 138357544
        resnet18        | 1 | [1,1000]    | 11689512
        resnet8         | 3 | [3,10]      | 78042
        ds-cnn          | 2 | [2,12]      | 23180
        mobilenetv2     | 1 | [1,1000]    | 3504872
        dilated         | 1 | [1,8,64,64] | 14504
        encoder-decoder | 2 | [2,2,64,64] | 117058
        unet            | 1 | [1,2,128,128] | 7760130
        mlp             | 4 | [4,10]      | 535818
        """)
    void each_network_has_its_output_and_its_parameters(String name, long batch, String output, long parameters) {
        Graph graph = Zoo.graph(name, batch, 1);
        assertEquals(name, graph.name());
        assertEquals(output, graph.outputs().getFirst().type().shape().toString());
        assertTrue(graph.nodes().getLast().op() instanceof Softmax);
        long found = graph.constants().values().stream()
                .mapToLong(tensor -> tensor.shape().elements())
                .sum();
        // Batch normalisation has two statistics per channel beside its two parameters.
        long statistics = graph.constants().entrySet().stream()
                .filter(constant -> constant.getKey().name().matches(".*\\.(mean|variance)"))
                .mapToLong(constant -> constant.getValue().shape().elements())
                .sum();
        assertEquals(parameters, found - statistics);
    }

    /// Neither fading nor growing without bounds, and no class certain: a wrong weight must show in the output.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "lenet5",
                "lenet5-1998",
                "resnet18",
                "resnet8",
                "mobilenetv2",
                "ds-cnn",
                "dilated",
                "encoder-decoder",
                "unet",
                "mlp"
            })
    void activations_stay_in_a_sensible_range(String name) {
        Graph graph = Zoo.graph(name, 1, 1);
        Value image = graph.inputs().getFirst();
        List<Value> layers = graph.nodes().stream().map(Node::output).toList();
        new Interpreter(graph, Rounding.none())
                .between(Map.of(image, RandomTensors.uniform(image.type(), -1, 1, 5)), layers)
                .forEach((layer, view) -> {
                    double square = 0;
                    long elements = layer.type().shape().elements();
                    for (long i = 0; i < elements; i++) {
                        square += view.value(i) * view.value(i) / elements;
                    }
                    assertTrue(square > least(graph, layer) && square < 400, layer + " has mean square " + square);
                });
    }

    /// Of many classes each has little, and were all alike, the square of 1/classes.
    private static double least(Graph graph, Value layer) {
        double classes = layer.type().shape().dim(1);
        return graph.outputs().contains(layer) ? Math.min(1e-4, 10 / (classes * classes)) : 1e-4;
    }

    @Test
    void every_name_is_known_and_described() {
        for (String name : Zoo.names()) {
            assertFalse(Zoo.description(name).isBlank());
        }
    }

    @Test
    void the_seed_changes_the_weights() {
        var first = Zoo.graph("lenet5", 1, 1).constants().values().iterator().next();
        assertTrue(first.sameBits(
                Zoo.graph("lenet5", 1, 1).constants().values().iterator().next()));
        assertFalse(first.sameBits(
                Zoo.graph("lenet5", 1, 2).constants().values().iterator().next()));
    }

    @Test
    void an_unknown_name_lists_the_known_ones() {
        var fault = assertThrows(CompileException.class, () -> Zoo.graph("lenet", 1, 1));
        assertEquals(Code.OPTION, fault.code());
        assertTrue(fault.toString().contains("expected one of lenet5, lenet5-1998, alexnet"), fault.toString());
        assertTrue(fault.toString().contains("did you mean lenet5"), fault.toString());
        assertThrows(CompileException.class, () -> Zoo.graph("lenet5", 0, 1));
    }
}
