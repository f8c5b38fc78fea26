package dev.sinter.frontend.onnx.node;

import dev.sinter.frontend.onnx.file.ExternalData;
import dev.sinter.ir.diag.Trace;
import java.util.Optional;

/// What the nodes of one import share.
///
/// @param rebatching the batch asked for, where it replaces one that the file fixes at 1
/// @param types the types that the model gives its values
public record ImportState(
        Folding folding, ExternalData external, Optional<Rebatching> rebatching, ValueTypes types, Trace trace) {
    /// That of a graph inside a node.
    public ImportState with(ValueTypes others) {
        return new ImportState(folding, external, rebatching, others, trace);
    }
}
