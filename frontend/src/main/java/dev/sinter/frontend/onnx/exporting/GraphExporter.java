package dev.sinter.frontend.onnx.exporting;

import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.frontend.onnx.file.TensorEncoder;
import dev.sinter.frontend.onnx.proto.GraphProto;
import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.frontend.onnx.proto.NodeProto;
import dev.sinter.frontend.onnx.proto.OperatorSetIdProto;
import dev.sinter.frontend.onnx.proto.TensorShapeProto;
import dev.sinter.frontend.onnx.proto.TypeProto;
import dev.sinter.frontend.onnx.proto.ValueInfoProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.file.BuildVersion;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.UniqueNames;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// Makes an ONNX model of a graph, node by node: no node is split, none but the steps of [LinearQuantization] are
/// merged, and every value that is left keeps its name. The counterpart of [GraphImporter].
public final class GraphExporter {
    /// The first opset whose average pooling has dilations, and says what becomes of a last window that hangs over.
    /// ONNX 1.14, ONNX Runtime 1.15 and PyTorch's tools know it, all of 2023; nothing later is needed here.
    public static final long OPSET = 19;

    /// The version of the file format that came with that opset.
    private static final long IR_VERSION = 9;

    private static final String BATCH = "N";

    /// How many bytes protobuf lets a file have, less some for all that is not constants.
    private static final long MOST_BYTES = Integer.MAX_VALUE - (1L << 24);

    private final Graph graph;
    private final Optional<OpenBatch> openBatch;
    private final LinearQuantization quantization;
    private final UniqueNames valueNames = new UniqueNames();
    private final UniqueNames nodeNames = new UniqueNames();
    private final GraphProto.Builder proto = GraphProto.newBuilder();

    private GraphExporter(Graph graph, Optional<OpenBatch> openBatch) {
        this.graph = graph;
        this.openBatch = openBatch;
        this.quantization = LinearQuantization.in(graph);
    }

    /// @param openBatch if dimension 0 of inputs and outputs is to be open
    /// @throws CompileException if ONNX has no way to say what the graph says
    public static ModelProto model(Graph graph, Optional<OpenBatch> openBatch) {
        requireSize(graph);
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("sinter")
                .setProducerVersion(BuildVersion.text())
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(new GraphExporter(graph, openBatch).graph())
                .build();
    }

    private static void requireSize(Graph graph) {
        long bytes = graph.constants().keySet().stream()
                .mapToLong(constant -> constant.type().bytes())
                .sum();
        if (bytes > MOST_BYTES) {
            throw new CompileException(
                    Code.ONNX_FORMAT,
                    graph.name(),
                    "its constants have " + bytes + " bytes but a file of protobuf has room for " + MOST_BYTES,
                    "IR text has no such limit");
        }
    }

    private GraphProto graph() {
        proto.setName(graph.name());
        graph.inputs().forEach(this::reserve);
        graph.constants().keySet().forEach(this::reserve);
        graph.nodes().forEach(node -> node.outputs().forEach(this::reserve));
        graph.inputs().forEach(input -> proto.addInput(port(input)));
        graph.constants().forEach((value, tensor) -> {
            if (quantization.isRead(value)) {
                proto.addInitializer(TensorEncoder.encode(value.name(), tensor));
            }
        });
        graph.nodes().stream().filter(node -> !quantization.isPart(node)).forEach(this::add);
        // Results have their value's name, so that a file cannot yield a value twice.
        new LinkedHashSet<>(graph.outputs()).forEach(output -> proto.addOutput(port(output)));
        return proto.build();
    }

    private void reserve(Value value) {
        if (value.name().isEmpty()) {
            throw new CompileException(
                    Code.GRAPH_STRUCTURE,
                    graph.name(),
                    "has a value without a name, of type " + value.type() + ", but ONNX tells values apart by name",
                    null);
        }
        valueNames.reserve(value.name());
    }

    private void add(Node node) {
        Optional<LinearQuantization.Whole> whole = quantization.endingAt(node);
        NodeForm form = whole.map(LinearQuantization.Whole::form).orElseGet(() -> form(node));
        NodeProto.Builder result = NodeProto.newBuilder()
                .setName(nodeNames.next(node.name()))
                .setOpType(form.operator())
                .addAllAttribute(form.attributes());
        List<String> inputs = new ArrayList<>();
        whole.map(one -> List.of(one.input())).orElse(node.inputs()).forEach(input -> inputs.add(input.name()));
        for (NodeForm.ConstantInput operand : form.operands()) {
            String name = valueNames.next(node.output().name() + "/" + operand.name());
            proto.addInitializer(TensorEncoder.encode(name, operand.tensor()));
            inputs.add(operand.position().orElse(inputs.size()), name);
        }
        result.addAllInput(inputs);
        form.unread()
                .ifPresent(
                        name -> result.addOutput(valueNames.next(node.output().name() + "/" + name)));
        node.outputs().forEach(output -> result.addOutput(output.name()));
        proto.addNode(result);
        // What lies between is declared for those who look at the file; with an open batch not all extents are known.
        node.outputs().stream()
                .filter(output -> openBatch.isEmpty() && !graph.isOutput(output))
                .forEach(output -> proto.addValueInfo(port(output)));
    }

    private NodeForm form(Node node) {
        return openBatch.isPresent() ? openBatch.get().form(node) : OperatorForms.of(node);
    }

    private ValueInfoProto port(Value value) {
        TensorType type = value.type();
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int axis = 0; axis < type.shape().rank(); axis++) {
            boolean open = axis == 0 && openBatch.isPresent() && openBatch.get().isOpen(value);
            if (graph.isOpen(value)) {
                shape.addDim(TensorShapeProto.Dimension.getDefaultInstance());
                continue;
            }
            shape.addDim(
                    open
                            ? TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH)
                            : TensorShapeProto.Dimension.newBuilder()
                                    .setDimValue(type.shape().dim(axis)));
        }
        return ValueInfoProto.newBuilder()
                .setName(value.name())
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(DataType.of(type.element()).number())
                                .setShape(shape)))
                .build();
    }
}
