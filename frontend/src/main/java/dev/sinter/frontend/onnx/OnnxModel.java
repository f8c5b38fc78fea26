package dev.sinter.frontend.onnx;

import dev.sinter.frontend.named.InputFile;
import dev.sinter.frontend.named.InputName;
import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.frontend.onnx.file.ExternalData;
import dev.sinter.frontend.onnx.file.OnnxFile;
import dev.sinter.frontend.onnx.file.OnnxGraph;
import dev.sinter.frontend.onnx.file.Opset;
import dev.sinter.frontend.onnx.importing.GraphImporter;
import dev.sinter.frontend.onnx.importing.ImportOptions;
import dev.sinter.frontend.onnx.operator.OperatorTable;
import dev.sinter.frontend.port.Port;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.type.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A model from an ONNX file. Its weights are decoded when it is read; its nodes are looked at when a graph is made.
public final class OnnxModel {
    private final OnnxGraph source;
    private final ImportOptions options;

    private OnnxModel(OnnxGraph source, ImportOptions options) {
        this.source = source;
        this.options = options;
    }

    /// Reads a file; tensors that it keeps in other files are looked for beside it.
    ///
    /// @throws CompileException if the file is not there, or not a valid model
    public static OnnxModel read(Path file, Trace trace) {
        Path folder = file.toAbsolutePath().getParent();
        OnnxGraph source = OnnxGraph.of(
                OnnxFile.model(file),
                InputFile.open(file).stem(),
                file.toString(),
                new ExternalData(Optional.ofNullable(folder)));
        return of(source, trace);
    }

    /// Reads a model from memory. It cannot keep tensors in other files.
    ///
    /// @param name what to call it
    public static OnnxModel parse(byte[] bytes, String name) {
        OnnxGraph source = OnnxGraph.of(OnnxFile.model(bytes, name), name, name, new ExternalData(Optional.empty()));
        return of(source, Trace.silent());
    }

    private static OnnxModel of(OnnxGraph source, Trace trace) {
        for (Port input : source.inputs()) {
            if (DataType.computed(input.element()) != input.element()) {
                trace.note("import", "computed in f32", Map.of("input", input.toString()));
            }
        }
        return new OnnxModel(source, ImportOptions.none(trace));
    }

    public String name() {
        return source.name();
    }

    /// What must be fed.
    public List<Port> inputs() {
        return source.inputs().stream()
                .filter(input -> !options.constants().containsKey(input.name()))
                .toList();
    }

    public List<Port> outputs() {
        return source.outputs();
    }

    public long opset() {
        return source.opset();
    }

    /// The operators that the model has, each once, in the order in which they first come; those that are not ONNX's
    /// own after their domain.
    public List<String> usedOperators() {
        return source.nodes().stream()
                .map(node -> Opset.isStandard(node.getDomain())
                        ? node.getOpType()
                        : node.getDomain() + "." + node.getOpType())
                .distinct()
                .toList();
    }

    /// The network with every dimension bound: a leading one that is open becomes 1.
    ///
    /// @throws CompileException if another dimension is open, or the network is not valid or not supported
    public Graph graph() {
        return GraphImporter.run(source, options);
    }

    /// @param bindings extents by symbol, or by input and index as in `data[2]`
    public OnnxModel withDimensions(Map<String, Long> bindings) {
        return new OnnxModel(source, options.withDimensions(bindings));
    }

    /// The same network on so many images at once, also where the file fixes the batch at 1.
    public OnnxModel withBatch(long batch) {
        return new OnnxModel(source, options.withBatch(batch));
    }

    /// The same network with an input that is known.
    ///
    /// @throws CompileException if there is no such input
    public OnnxModel withConstant(String input, Tensor value) {
        InputName.require(name(), input, inputs().stream().map(Port::name).toList());
        return new OnnxModel(source, options.withConstant(input, value));
    }

    /// The ONNX operators that can be imported, in alphabetical order.
    public static List<String> operators() {
        return List.copyOf(OperatorTable.names());
    }
}
