package dev.sinter.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.graph.GraphPrinter;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.Tensor;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class NetworkBuilderTest {
    private static NetworkBuilder network() {
        return NetworkBuilder.named("net").input("x", 2, 4, 9, 8);
    }

    /// The nodes without their types: what the layers became.
    private static String nodes(NetworkBuilder network) {
        StringBuilder text = new StringBuilder();
        network.build()
                .nodes()
                .forEach(node -> text.append(GraphPrinter.print(node)).append('\n'));
        return text.toString();
    }

    @Test
    void settings_are_those_of_the_layer_just_begun() {
        assertEquals(
                """
                %conv1: f32[2,6,5,5] = conv(%x, %conv1.weight, %conv1.bias) strides=[2,2] pads=[1,2,1,2] dilations=[1,1] groups=2
                %relu1: f32[2,6,5,5] = relu(%conv1)
                %conv2: f32[2,6,3,5] = conv(%relu1, %conv2.weight) strides=[1,1] pads=[0,1,0,1] dilations=[1,1] groups=1
                %pool1: f32[2,6,2,4] = max_pool(%conv2) kernel=[2,2] strides=[1,1] pads=[0,0,0,0] dilations=[1,1] ceil_mode=false
                %pool2: f32[2,6,1,2] = average_pool(%pool1) kernel=[2,2] strides=[2,2] pads=[0,0,0,0] dilations=[1,1] ceil_mode=true count_include_pad=true
                """,
                nodes(network()
                        .conv(6, 3, 4)
                        .stride(2)
                        .pad(1, 2)
                        .groups(2)
                        .relu()
                        .conv(6, 3)
                        .withoutBias()
                        .pad(0, 1, 0, 1)
                        .maxPool(2)
                        .stride(1)
                        .averagePool(2)
                        .ceilMode()
                        .countPad()));
    }

    @Test
    void branches_begin_at_taps() {
        NetworkBuilder network = network();
        Tap before = network.conv(4, 3).pad(1).as("stem").tap();
        Tap left = network.tanh().tap();
        network.from(before).sigmoid().add(left).concat(before).apply(new Unary(Unary.Kind.ABS));
        network.apply(new Binary(Binary.Kind.MAX), network.tap())
                .output()
                .from(left)
                .output();
        Graph graph = network.build();
        assertEquals(2, graph.outputs().size());
        assertEquals("[2,8,9,8]", graph.outputs().getFirst().type().shape().toString());
        assertEquals("tanh1", graph.outputs().getLast().name());
        assertEquals(2, graph.consumers(graph.nodes().getFirst().output()).size() - 1);
    }

    @Test
    void transposed_convolutions_scale_up() {
        NetworkBuilder network =
                network().convTranspose(6, 3).stride(2).pad(1).outputPad(1).groups(2);
        assertEquals("[2,6,18,16]", network.tap().shape().toString());
    }

    @Test
    void weights_depend_on_the_seed_and_the_layer_alone() {
        Tensor alone = weight(network().conv(4, 3).as("c"));
        assertTrue(alone.sameBits(weight(network().relu().conv(4, 3).as("c"))));
        assertFalse(alone.sameBits(weight(network().conv(4, 3).as("d"))));
        assertFalse(alone.sameBits(weight(network().seed(5).conv(4, 3).as("c"))));
    }

    private static Tensor weight(NetworkBuilder network) {
        return network.build().constants().values().iterator().next();
    }

    @Test
    void what_is_built_is_valid_text_too() {
        NetworkBuilder network =
                network().conv(4, 3).batchNorm().leakyRelu(0.1).clip(0, 6).lrn(3, 1, 0.75, 1);
        Graph graph = network.dropout(0.5)
                .globalAveragePool()
                .flatten()
                .dense(3)
                .softmax()
                .reshape(3, 2)
                .build();
        String text = GraphPrinter.print(graph);
        assertEquals(text, GraphPrinter.print(GraphParser.parse(text, "net.sir")));
    }

    private static void refused(String expected, Consumer<NetworkBuilder> layers) {
        NetworkBuilder network = network();
        var fault = assertThrows(CompileException.class, () -> {
            layers.accept(network);
            network.build();
        });
        assertTrue(fault.toString().contains(expected), fault.toString());
    }

    @Test
    void errors_name_the_layer() {
        refused("conv1 (conv): window spans 11", network -> network.conv(4, 11).relu());
        refused(
                "c (conv): 3 groups do not divide 4 input",
                network -> network.conv(4, 3).groups(3).as("c"));
        refused("conv1 (conv): kernel is [1, 2, 3] but takes", network -> network.conv(4, 1, 2, 3));
        refused("conv1 (conv): channels 0 must be at least 1", network -> network.conv(0, 3));
        refused(
                "conv1 (conv): stride 0 must be at least 1",
                network -> network.conv(4, 3).stride(0));
        refused("pool1 (pool): strides [0, 0]", network -> network.maxPool(2).stride(0));
        refused("relu1 (relu): has no pad to set", network -> network.relu().pad(1));
        refused(
                "pool1 (pool): has no groups to set",
                network -> network.maxPool(2).groups(2));
        refused("dense1 (dense): input is f32[2,4,9,8] of rank 4", network -> network.dense(3));
        refused(
                "conv1 (conv): input is f32[2,288] of rank 2",
                network -> network.flatten().conv(4, 3));
        refused("reshape1 (reshape): ", network -> network.reshape(-1, 3));
        refused("two layers or inputs named x", network -> network.relu().as("x"));
        refused("x", network -> network.input("x", 1));
        refused("y: extent -1", network -> network.input("y", -1));
        refused("tap of another network", network -> network.add(network().tap()));
        refused("add1 (add): shapes [2,4,9,8] and [2,288] do not", network -> {
            Tap flat = network.flatten().tap();
            network.from(network.tap()).reshape(2, 4, 9, 8).add(flat);
        });
    }

    @Test
    void layers_need_an_input_and_settings_a_layer() {
        assertThrows(CompileException.class, () -> NetworkBuilder.named("n").relu());
        assertThrows(CompileException.class, () -> NetworkBuilder.named("n").build());
        assertThrows(CompileException.class, () -> network().pad(1));
        assertThrows(CompileException.class, () -> network().as("a"));
    }
}
