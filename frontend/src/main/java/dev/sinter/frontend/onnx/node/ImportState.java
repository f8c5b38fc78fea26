package dev.sinter.frontend.onnx.node;

import dev.sinter.frontend.onnx.file.ExternalData;
import dev.sinter.ir.diag.Trace;
import java.util.Optional;

/// What the nodes of one import share.
///
/// @param rebatching the batch asked for, where it replaces one that the file fixes at 1
public record ImportState(Folding folding, ExternalData external, Optional<Rebatching> rebatching, Trace trace) {}
