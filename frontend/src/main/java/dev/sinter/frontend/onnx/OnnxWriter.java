package dev.sinter.frontend.onnx;

import dev.sinter.frontend.onnx.exporting.GraphExporter;
import dev.sinter.frontend.onnx.exporting.OpenBatch;
import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.file.OutputFile;
import dev.sinter.ir.graph.Graph;
import java.nio.file.Path;
import java.util.Optional;

/// A graph as an ONNX model. The counterpart of [OnnxModel].
public final class OnnxWriter {
    private final ModelProto model;

    private OnnxWriter(ModelProto model) {
        this.model = model;
    }

    /// @throws CompileException if ONNX has no way to say what the graph says
    public static OnnxWriter of(Graph graph) {
        return new OnnxWriter(GraphExporter.model(graph, Optional.empty()));
    }

    /// With dimension 0 of inputs and outputs open.
    ///
    /// @throws CompileException also if something in the graph is for its own batch only
    public static OnnxWriter withOpenBatch(Graph graph) {
        return new OnnxWriter(GraphExporter.model(graph, Optional.of(OpenBatch.of(graph))));
    }

    public byte[] bytes() {
        return model.toByteArray();
    }

    /// Writes the file aside and renames it.
    ///
    /// @throws CompileException if it cannot be written; what was there is then as it was
    public void write(Path file) {
        OutputFile.at(file).write(model::writeTo);
    }
}
