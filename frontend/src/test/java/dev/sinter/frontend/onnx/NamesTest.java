package dev.sinter.frontend.onnx;

import static dev.sinter.frontend.onnx.OnnxBuilder.opset;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class NamesTest {
    @Test
    void values_keep_the_names_of_the_file_whatever_they_are() {
        Graph graph = opset(18)
                .input("image:0", 2)
                .node("Relu", "image:0", "%weird/%name")
                .node("Abs", "%weird/%name", "β")
                .output("β")
                .graph();
        assertEquals("image:0", graph.inputs().getFirst().name());
        assertEquals("%weird/%name", graph.nodes().getFirst().output().name());
        assertEquals("β", graph.outputs().getFirst().name());
    }

    @Test
    void nodes_without_a_name_or_with_one_twice_get_their_own() {
        ModelProto.Builder model = opset(18)
                .input("x", 2)
                .node("Relu", "x", "a")
                .node("Relu", "a", "b")
                .node("Relu", "b", "c")
                .output("c")
                .message();
        model.getGraphBuilder().getNodeBuilder(0).setName("act");
        model.getGraphBuilder().getNodeBuilder(2).setName("act");
        Graph graph = OnnxModel.parse(model.build().toByteArray(), "test").graph();
        assertEquals(
                List.of("act", "b", "act.2"),
                graph.nodes().stream().map(Node::name).toList());
    }

    @Test
    void helpers_are_named_after_what_they_help_and_never_clash() {
        Graph graph = opset(18)
                .input("x", 2)
                .node("HardSigmoid", "x", "y")
                .node("Relu", "y", "y/mul")
                .output("y/mul")
                .graph();
        assertEquals(
                List.of("y/mul.2", "y/add", "y", "y/mul"),
                graph.nodes().stream().map(node -> node.output().name()).toList());
    }

    @Test
    void nodes_out_of_order_are_sorted_and_those_in_order_left() {
        Graph graph = opset(18)
                .input("x", 2)
                .node("Abs", "b", "c")
                .node("Relu", "x", "a")
                .node("Neg", "a", "b")
                .output("c")
                .graph();
        assertEquals(
                List.of("a", "b", "c"), graph.nodes().stream().map(Node::name).toList());
    }

    @Test
    void an_input_may_be_an_output_and_a_constant_too() {
        Graph graph =
                opset(18).input("x", 2).floats("w", 3).output("x").output("w").graph();
        assertEquals(List.of(), graph.nodes());
        assertEquals("[%x: f32[2], %w: f32[3]]", graph.outputs().toString());
    }

    @Test
    void initialisers_listed_as_inputs_need_not_be_fed_and_unused_ones_vanish() {
        OnnxBuilder model = opset(6).input("x", 2)
                .input("w", 2)
                .floats("w", 2)
                .floats("unused", 9)
                .node("Mul", "x w", "y")
                .output("y");
        assertEquals(1, model.model().inputs().size());
        assertEquals(1, model.graph().constants().size());
    }
}
