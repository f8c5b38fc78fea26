package dev.sinter.frontend.onnx;

import static dev.sinter.frontend.onnx.OnnxBuilder.integer;
import static dev.sinter.frontend.onnx.OnnxBuilder.opset;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sinter.frontend.onnx.proto.NodeProto;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.graph.GraphPrinter;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.rewrite.StandardPasses;
import dev.sinter.ir.type.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Nothing on the way from a file to the oracle goes deeper, the longer a network is.
@NullMarked
class LongModelsTest {
    private static final int MANY = 20_000;

    private static Graph passed(Graph graph) {
        Graph compiled = StandardPasses.pipeline().run(graph, Trace.silent());
        GraphParser.parse(GraphPrinter.print(compiled, GraphPrinter.Constants.COMPLETE), "printed");
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        graph.inputs().forEach(input -> inputs.put(input.name(), Tensor.allocate(input.type())));
        Interpreter.run(compiled, inputs);
        return compiled;
    }

    private static String names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).collect(Collectors.joining(" "));
    }

    @Test
    void a_chain_of_many_nodes() {
        OnnxBuilder model = opset(18).input("v0", 1, 4);
        for (int i = 0; i < MANY; i++) {
            model.node(i % 2 == 0 ? "Neg" : "Relu", "v" + i, "v" + (i + 1));
        }
        assertEquals(MANY, passed(model.output("v" + MANY).graph()).nodes().size());
    }

    @Test
    void a_chain_of_many_reshapes_is_one() {
        OnnxBuilder model = opset(18).input("v0", 2, 6).integers("wide", 3, 4).integers("high", 6, 2);
        for (int i = 0; i < MANY; i++) {
            model.node("Reshape", "v" + i + (i % 2 == 0 ? " wide" : " high"), "v" + (i + 1));
        }
        assertEquals(1, passed(model.output("v" + MANY).graph()).nodes().size());
    }

    @Test
    void a_sum_of_many_operands() {
        Graph graph = opset(18)
                .input("x", 1, 4)
                .node("Sum", "x ".repeat(MANY).strip(), "y")
                .output("y")
                .graph();
        assertEquals(MANY - 1, passed(graph).nodes().size());
    }

    @Test
    void a_network_of_many_inputs() {
        OnnxBuilder model = opset(18);
        IntStream.range(0, MANY).forEach(i -> model.input("x" + i, 1, 1));
        Graph graph = model.node("Concat", names("x", MANY), "y", integer("axis", 1))
                .output("y")
                .graph();
        assertEquals(MANY, passed(graph).inputs().size());
    }

    @Test
    void a_network_of_many_outputs() {
        OnnxBuilder model = opset(18)
                .input("x", 1, MANY)
                .node("Split", "x", names("y", MANY), integer("axis", 1), integer("num_outputs", MANY));
        IntStream.range(0, MANY).forEach(i -> model.output("y" + i));
        assertEquals(MANY, passed(model.graph()).outputs().size());
    }

    @Test
    void many_nodes_of_one_name() {
        OnnxBuilder model = opset(18).input("v0", 1, 4);
        for (int i = 0; i < MANY; i++) {
            model.message()
                    .getGraphBuilder()
                    .addNode(NodeProto.newBuilder()
                            .setOpType("Softsign")
                            .setName("same")
                            .addInput("v" + i)
                            .addOutput("v" + (i + 1)));
        }
        assertEquals(3 * MANY, passed(model.output("v" + MANY).graph()).nodes().size());
    }
}
