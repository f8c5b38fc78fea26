package dev.sinter.cli.file;

import dev.sinter.frontend.OnnxExport;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import java.nio.file.Path;

/// Networks that Sinter made, as ONNX.
public final class ModelFile {
    private ModelFile() {}

    /// Writes it for any batch where the network allows it, else for its own.
    ///
    /// @throws CompileException if ONNX has no operator for one of its nodes, or the file cannot be written
    public static void write(Graph network, Path file) {
        try {
            OnnxExport.writeForAnyBatch(network, file);
        } catch (CompileException fixed) {
            if (fixed.code() != Code.ONNX_DYNAMIC) {
                throw fixed;
            }
            OnnxExport.write(network, file);
        }
    }
}
