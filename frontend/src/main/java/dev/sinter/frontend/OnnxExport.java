package dev.sinter.frontend;

import dev.sinter.frontend.onnx.OnnxWriter;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import java.nio.file.Path;

/// Networks as ONNX models, for other tools. Nodes, values, inputs and outputs keep their names; constants become
/// initialisers. [Model] reads the same graph back, but for two things: ONNX has attributes in f32, and what is
/// imported computes in f32. The steps of rounding to bytes and back become QuantizeLinear and DequantizeLinear.
///
/// ```
/// OnnxExport.write(graph, Path.of("network.onnx"));
/// ```
///
/// Custom operators cannot be exported, and the constants must have less than 2 GiB.
public final class OnnxExport {
    private OnnxExport() {}

    /// The bytes of a file.
    ///
    /// @throws CompileException at the first node that ONNX has no operator for
    public static byte[] of(Graph graph) {
        return OnnxWriter.of(graph).bytes();
    }

    /// Writes a file. It is written aside and renamed, so that nobody finds half of it.
    ///
    /// @throws CompileException likewise, or if the file cannot be written; an older file is then as it was
    public static void write(Graph graph, Path file) {
        OnnxWriter.of(graph).write(file);
    }

    /// A model for any batch: dimension 0 of every input of at least two dimensions, and of every output, is the symbol
    /// `N`.
    ///
    /// @throws CompileException likewise, or if something in the graph is for its own batch only
    public static byte[] ofAnyBatch(Graph graph) {
        return OnnxWriter.withOpenBatch(graph).bytes();
    }

    /// Writes a model for any batch.
    ///
    /// @throws CompileException likewise
    public static void writeForAnyBatch(Graph graph, Path file) {
        OnnxWriter.withOpenBatch(graph).write(file);
    }
}
