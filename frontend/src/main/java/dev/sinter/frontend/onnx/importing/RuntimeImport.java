package dev.sinter.frontend.onnx.importing;

import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.frontend.onnx.operator.Row;
import dev.sinter.frontend.onnx.proto.GraphProto;
import dev.sinter.frontend.onnx.proto.NodeProto;
import dev.sinter.frontend.onnx.proto.TensorShapeProto;
import dev.sinter.frontend.onnx.proto.TypeProto;
import dev.sinter.frontend.onnx.proto.ValueInfoProto;
import dev.sinter.frontend.port.Dimension;
import dev.sinter.frontend.port.Port;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Nodes that cannot be imported before the network runs, since inputs that would have to be known are computed or fed,
/// but whose outputs' shapes the model declares: what reads them can be compiled, and the node itself is left to a
/// [RuntimeNode].
final class RuntimeImport {
    private RuntimeImport() {}

    /// What the node yields; empty if it is to be imported now.
    ///
    /// @param declared what the model says of its values, by name
    static Optional<List<Operand>> of(NodeProto proto, Row row, OnnxNode node, Map<String, List<Port>> declared) {
        // Shapes that a file declares are for its own batch.
        if (node.state().rebatching().isPresent() || row.known().stream().noneMatch(input -> isComputed(node, input))) {
            return Optional.empty();
        }
        GraphProto.Builder graph =
                GraphProto.newBuilder().setName(proto.getName()).addNode(proto);
        for (int output = 0; output < proto.getOutputCount(); output++) {
            Optional<ValueInfoProto> known = output(node, proto.getOutput(output), declared);
            if (node.wants(output) && known.isEmpty()) {
                return Optional.empty();
            }
            known.ifPresent(graph::addOutput);
        }
        Map<String, Operand> inputs = new LinkedHashMap<>();
        for (int input = 0; input < proto.getInputCount(); input++) {
            Optional<Operand> operand = node.open(input);
            if (operand.isPresent() && operand.get().isOpen()) {
                return Optional.empty();
            }
            String name = proto.getInput(input);
            if (operand.isPresent() && inputs.putIfAbsent(name, operand.get()) == null) {
                graph.addInput(
                        info(name, node.declared(input), operand.get().type().shape()));
            }
        }
        RuntimeNode op = RuntimeNode.of(proto.getOpType(), node.opset(), graph.build());
        return Optional.of(byOutput(node, node.applyAll(op, List.copyOf(inputs.values()))));
    }

    /// Without elements there is nothing that could be different when the network runs.
    private static boolean isComputed(OnnxNode node, int input) {
        return node.open(input)
                .filter(operand -> !(operand instanceof Operand.Known))
                .filter(operand -> operand.type().shape().elements() > 0)
                .isPresent();
    }

    /// What the model says of an output, if its shape is known by that.
    private static Optional<ValueInfoProto> output(OnnxNode node, String name, Map<String, List<Port>> declared) {
        for (Port port : declared.getOrDefault(name, List.of())) {
            Optional<Shape> shape = port.dims().flatMap(dims -> shape(node, dims));
            if (shape.isPresent()) {
                ElementType element = DataType.computed(port.element());
                return Optional.of(info(name, node.state().types().of(name, element), shape.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Shape> shape(OnnxNode node, List<Dimension> dims) {
        List<Long> extents = new ArrayList<>();
        for (Dimension dim : dims) {
            if (dim instanceof Dimension.Fixed(long extent)) {
                extents.add(extent);
            }
        }
        return extents.size() == dims.size() ? Optional.of(node.shape(extents)) : Optional.empty();
    }

    private static ValueInfoProto info(String name, DataType type, Shape shape) {
        TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
        shape.dims().forEach(dim -> dims.addDimBuilder().setDimValue(dim));
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(type.number())
                .setShape(dims)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    /// One operand per output; in place of those that nobody wants, which the operator does not yield, any.
    private static List<Operand> byOutput(OnnxNode node, List<Operand> yielded) {
        List<Operand> results = new ArrayList<>();
        int next = 0;
        for (int output = 0; output < node.outputCount(); output++) {
            results.add(node.wants(output) ? yielded.get(next++) : yielded.getFirst());
        }
        return results;
    }
}
