package dev.sinter.frontend.onnx.importing;

import com.google.protobuf.TextFormat;
import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.frontend.onnx.file.ExternalData;
import dev.sinter.frontend.onnx.file.OnnxGraph;
import dev.sinter.frontend.onnx.operator.OperatorTable;
import dev.sinter.frontend.onnx.operator.Row;
import dev.sinter.frontend.onnx.proto.GraphProto;
import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.frontend.onnx.proto.NodeProto;
import dev.sinter.frontend.onnx.proto.OperatorSetIdProto;
import dev.sinter.frontend.port.Dimension;
import dev.sinter.frontend.port.Port;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.op.CustomOp;
import dev.sinter.ir.op.Exactness;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A node of ONNX that is imported when the network runs, as only then all is known that it takes. It runs on the
/// host: the operators that it has become by then are evaluated by the oracle's code. What it yields must have the
/// shapes that the model declares, by which everything else was compiled.
///
/// @param operator its ONNX name
/// @param graph an ONNX graph of this node alone, its inputs and outputs with their types, as protobuf's text: IR text
///     can show that
record RuntimeNode(String operator, long opset, String graph) implements CustomOp {
    /// @param graph of one node
    static RuntimeNode of(String operator, long opset, GraphProto graph) {
        return new RuntimeNode(
                operator, opset, TextFormat.printer().emittingSingleLine(true).printToString(graph));
    }

    @Override
    public String mnemonic() {
        return "onnx_" + operator.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean runsOnHost() {
        return true;
    }

    @Override
    public Exactness exactness() {
        return Exactness.EXACT;
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        OnnxGraph source = source();
        List<TensorType> declared = types(source.inputs());
        if (!declared.equals(inputs)) {
            throw new CompileException(
                    Code.SHAPE_MISMATCH, mnemonic(), "reads " + inputs + " but was imported to read " + declared, null);
        }
        return types(source.outputs());
    }

    private static List<TensorType> types(List<Port> ports) {
        return ports.stream().map(RuntimeNode::type).toList();
    }

    private static TensorType type(Port port) {
        List<Long> extents = port.dims().orElse(List.of()).stream()
                .map(dim -> dim instanceof Dimension.Fixed(long extent) ? extent : 0L)
                .toList();
        return new TensorType(DataType.computed(port.element()), new Shape(extents));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        throw new CompilerFault(mnemonic() + " runs on the host, so no stage computes it");
    }

    /// @throws CompileException what the importer says of the node with these inputs, also if the outputs have other
    ///     shapes than the model declares
    @Override
    public List<TensorView> results(Rounding rounding, List<TensorView> inputs) {
        OnnxGraph source = source();
        Map<String, TensorView> views = new HashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            views.put(source.inputs().get(i).name(), inputs.get(i));
        }
        Graph imported = GraphImporter.run(source, options(source, views));
        Map<Value, TensorView> fed = new HashMap<>();
        imported.inputs().forEach(input -> fed.put(input, Expect.present(views.get(input.name()), input)));
        Map<Value, TensorView> results = new Interpreter(imported, rounding).from(fed, imported.outputs());
        return imported.outputs().stream().map(results::get).toList();
    }

    private ImportOptions options(OnnxGraph source, Map<String, TensorView> views) {
        NodeProto node = source.nodes().getFirst();
        Row row = OperatorTable.find(operator, opset, mnemonic());
        ImportOptions options = ImportOptions.none(Trace.silent());
        for (int input : row.known()) {
            String name = input < node.getInputCount() ? node.getInput(input) : "";
            if (!name.isEmpty()) {
                options = options.withConstant(
                        name, Expect.present(views.get(name), name).rounded());
            }
        }
        return options;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        List<TensorView> results = results(rounding, inputs);
        for (int output = 0; output < outputs.size(); output++) {
            results.get(output).copyTo(outputs.get(output));
        }
    }

    private OnnxGraph source() {
        ModelProto.Builder model = ModelProto.newBuilder()
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset));
        try {
            TextFormat.merge(graph, model.getGraphBuilder());
        } catch (TextFormat.ParseException damaged) {
            throw new CompileException(
                    Code.ONNX_FORMAT, mnemonic(), "is not an ONNX graph: " + damaged.getMessage(), null, damaged);
        }
        return OnnxGraph.of(model.build(), mnemonic(), mnemonic(), new ExternalData(Optional.empty()));
    }
}
