package dev.sinter.frontend.onnx.file;

import dev.sinter.frontend.onnx.proto.GraphProto;
import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.frontend.onnx.proto.NodeProto;
import dev.sinter.frontend.onnx.proto.TensorProto;
import dev.sinter.frontend.onnx.proto.ValueInfoProto;
import dev.sinter.frontend.port.Port;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.MemoryLimit;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The network in an ONNX file, with its tensors decoded and converted to the types that graphs compute in.
///
/// @param place what messages call the network
/// @param inputs what must be fed: initialisers that are listed as inputs, as early exporters did, are not among them
/// @param declared the types that the file gives of values in between
/// @param types the element types that it gives of all values, which tensors here may hold as others
public record OnnxGraph(
        String name,
        String place,
        long opset,
        List<NodeProto> nodes,
        Map<String, Tensor> initialisers,
        List<Port> inputs,
        List<Port> outputs,
        Map<String, List<Port>> declared,
        Map<String, DataType> types,
        ExternalData external) {

    public static OnnxGraph of(ModelProto model, String name, String place, ExternalData external) {
        long opset = Opset.of(model, place);
        GraphProto graph = model.getGraph();
        Map<String, Tensor> initialisers = initialisers(graph, place, "", external);
        requireDeclared(graph.getInputList(), initialisers, place);
        List<ValueInfoProto> fed = graph.getInputList().stream()
                .filter(input -> !initialisers.containsKey(input.getName()))
                .toList();
        return new OnnxGraph(
                name,
                place,
                opset,
                NodeOrder.sorted(graph.getNodeList(), place),
                initialisers,
                ports(fed, "inputs", place),
                ports(graph.getOutputList(), "outputs", place),
                declared(graph, place),
                types(graph),
                external);
    }

    /// The tensors that a graph holds, converted to the types that graphs compute in.
    ///
    /// @param suffix what messages say behind an initialiser's name
    static Map<String, Tensor> initialisers(GraphProto graph, String place, String suffix, ExternalData external) {
        if (graph.getSparseInitializerCount() > 0) {
            throw new CompileException(
                    Code.ONNX_TENSOR,
                    place,
                    "has sparse initialisers such as '"
                            + graph.getSparseInitializer(0).getValues().getName() + "', which are not supported",
                    "store them as dense tensors");
        }
        Map<String, Tensor> initialisers = new LinkedHashMap<>();
        // Many tensors may point to one stretch of a file.
        long bytes = 0;
        for (TensorProto proto : graph.getInitializerList()) {
            Tensor tensor = TensorDecoder.decode(proto, "initialiser " + proto.getName() + suffix, external);
            Tensor computed = tensor.converted(DataType.computed(tensor.type().element()));
            bytes += computed.type().bytes();
            MemoryLimit.require(bytes, place, "the initialisers up to " + proto.getName());
            if (initialisers.put(proto.getName(), computed) != null) {
                throw new CompileException(
                        Code.GRAPH_DUPLICATE, place, "has two initialisers '" + proto.getName() + "'", null);
            }
        }
        return initialisers;
    }

    /// How many elements all initialisers have.
    public long elements() {
        return initialisers.values().stream()
                .mapToLong(tensor -> tensor.shape().elements())
                .sum();
    }

    /// What is listed as an input and is an initialiser too must be one thing.
    private static void requireDeclared(List<ValueInfoProto> inputs, Map<String, Tensor> initialisers, String place) {
        for (ValueInfoProto input : inputs) {
            Tensor tensor = initialisers.get(input.getName());
            if (tensor != null) {
                Declaration.check(
                        Declaration.port(input, place), tensor.type(), "initialiser " + input.getName(), false);
            }
        }
    }

    private static List<Port> ports(List<ValueInfoProto> infos, String what, String place) {
        List<Port> ports = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ValueInfoProto info : infos) {
            Port port = Declaration.port(info, place);
            if (!names.add(port.name())) {
                throw new CompileException(
                        Code.GRAPH_DUPLICATE, place, "has two " + what + " '" + port.name() + "'", null);
            }
            ports.add(port);
        }
        return List.copyOf(ports);
    }

    /// The element types that a graph gives of its values.
    static Map<String, DataType> types(GraphProto graph) {
        Map<String, DataType> types = new HashMap<>();
        for (TensorProto proto : graph.getInitializerList()) {
            DataType.of(proto.getDataType()).ifPresent(type -> types.put(proto.getName(), type));
        }
        for (List<ValueInfoProto> infos :
                List.of(graph.getInputList(), graph.getValueInfoList(), graph.getOutputList())) {
            for (ValueInfoProto info : infos) {
                DataType.of(info.getType().getTensorType().getElemType())
                        .ifPresent(type -> types.putIfAbsent(info.getName(), type));
            }
        }
        return types;
    }

    /// Outputs are among them. What the file says of values that are no tensors is of no use.
    private static Map<String, List<Port>> declared(GraphProto graph, String place) {
        Map<String, List<Port>> declared = new HashMap<>();
        for (List<ValueInfoProto> infos : List.of(graph.getValueInfoList(), graph.getOutputList())) {
            for (ValueInfoProto info : infos) {
                boolean isTensor = info.getType().hasTensorType()
                        && DataType.of(info.getType().getTensorType().getElemType())
                                .flatMap(DataType::element)
                                .isPresent();
                if (isTensor && !info.getName().isEmpty()) {
                    declared.computeIfAbsent(info.getName(), _ -> new ArrayList<>())
                            .add(Declaration.port(info, place));
                }
            }
        }
        return declared;
    }
}
