package dev.sinter.frontend.onnx.file;

import dev.sinter.frontend.onnx.proto.AttributeProto;
import dev.sinter.frontend.onnx.proto.GraphProto;
import dev.sinter.frontend.onnx.proto.NodeProto;
import dev.sinter.frontend.onnx.proto.ValueInfoProto;
import dev.sinter.ir.type.Tensor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// A graph that a node has as an attribute: the body of a loop, or a branch. It reads values of the graphs around it by
/// their names.
///
/// @param inputs the names of its parameters
/// @param types the element types that the file gives of its values
public record Subgraph(
        List<String> inputs,
        Map<String, Tensor> initialisers,
        List<NodeProto> nodes,
        List<String> outputs,
        Map<String, DataType> types) {
    /// @param place the node, for messages
    public static Subgraph of(GraphProto graph, String place, ExternalData external) {
        Map<String, Tensor> initialisers = OnnxGraph.initialisers(graph, place, " of " + place, external);
        return new Subgraph(
                names(graph.getInputList())
                        .filter(name -> !initialisers.containsKey(name))
                        .toList(),
                initialisers,
                NodeOrder.sorted(graph.getNodeList(), place),
                names(graph.getOutputList()).toList(),
                OnnxGraph.types(graph));
    }

    private static Stream<String> names(List<ValueInfoProto> infos) {
        return infos.stream().map(ValueInfoProto::getName);
    }

    /// The graphs that a node has.
    public static Stream<GraphProto> of(NodeProto node) {
        return node.getAttributeList().stream()
                .flatMap(attribute -> Stream.concat(own(attribute), attribute.getGraphsList().stream()));
    }

    private static Stream<GraphProto> own(AttributeProto attribute) {
        return attribute.hasG() ? Stream.of(attribute.getG()) : Stream.empty();
    }

    /// The names that a node reads, its graphs included.
    static Set<String> readBy(NodeProto node) {
        Set<String> read = new LinkedHashSet<>(node.getInputList());
        of(node).forEach(graph -> read.addAll(free(graph)));
        return read;
    }

    /// The names that a graph reads and does not define.
    private static Set<String> free(GraphProto graph) {
        Set<String> free = new LinkedHashSet<>();
        names(graph.getOutputList()).forEach(free::add);
        graph.getNodeList().forEach(node -> free.addAll(readBy(node)));
        names(graph.getInputList()).forEach(free::remove);
        graph.getInitializerList().forEach(tensor -> free.remove(tensor.getName()));
        graph.getNodeList().forEach(node -> node.getOutputList().forEach(free::remove));
        return free;
    }
}
