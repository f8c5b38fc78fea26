package dev.sinter.training;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The fully connected layer that a classifier ends with, for another number of classes.
public final class ClassHead {
    private ClassHead() {}

    /// The network with as many outputs as there are classes; itself if it has that many. The last layer's weights are
    /// new, He-normal from the seed, and its bias is zero; all else stays.
    ///
    /// @param network of one output `[N, classes]`
    /// @throws CompileException if its last layer with weights is not fully connected
    public static Graph of(Graph network, long classes, long seed) {
        Value output = network.outputs().getFirst();
        if (output.type().shape().dim(1) == classes) {
            return network;
        }
        Node head = head(network, output);
        Map<Value, Value> standsFor = new IdentityHashMap<>();
        Map<Value, Tensor> constants = new LinkedHashMap<>();
        network.constants().forEach((constant, tensor) -> {
            boolean resized = head.inputs().subList(1, head.inputs().size()).contains(constant);
            Tensor replacement = resized ? resized(head, constant, classes, seed) : tensor;
            Value value = resized ? new Value(constant.name(), replacement.type()) : constant;
            standsFor.put(constant, value);
            constants.put(value, replacement);
        });
        List<Node> nodes = new ArrayList<>();
        for (Node node : network.nodes()) {
            List<Value> inputs = node.inputs().stream()
                    .map(input -> standsFor.getOrDefault(input, input))
                    .toList();
            Node rebuilt = Node.infer(node.name(), node.op(), inputs);
            nodes.add(rebuilt);
            standsFor.put(node.output(), rebuilt.output());
        }
        Graph.Builder graph = Graph.builder(network.name());
        network.inputs().forEach(graph::input);
        constants.forEach(graph::put);
        nodes.forEach(graph::add);
        return graph.output(Expect.present(standsFor.get(output), output)).build();
    }

    /// Back from the output through what has one input, such as a softmax.
    private static Node head(Graph network, Value output) {
        Value at = output;
        while (network.producer(at).isPresent()) {
            Node node = network.producer(at).get();
            if (node.op() instanceof Gemm && network.constant(node.input(1)).isPresent()) {
                return node;
            }
            if (node.inputs().size() != 1) {
                break;
            }
            at = node.input(0);
        }
        throw new CompileException(
                Code.TRAINING_DATA,
                network.name(),
                "has " + output.type().shape().dim(1) + " outputs and does not end with a fully connected layer that"
                        + " could be made anew",
                "give a network with one output per class");
    }

    private static Tensor resized(Node head, Value constant, long classes, long seed) {
        Shape shape = constant.type().shape();
        boolean weights = constant == head.input(1);
        boolean classesFirst = !weights || ((Gemm) head.op()).transposeB();
        List<Long> dims = new ArrayList<>(shape.dims());
        dims.set(weights && classesFirst ? 0 : dims.size() - 1, classes);
        TensorType type = constant.type().withShape(new Shape(dims));
        long features = classesFirst ? shape.dim(shape.rank() - 1) : shape.dim(0);
        return weights
                ? RandomTensors.heNormal(type, features, RandomTensors.seedFor(seed, constant.name()))
                : Tensor.allocate(type);
    }
}
