package dev.sinter.frontend.onnx.importing;

import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.type.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// What a user decides about a model whose shapes are open.
///
/// @param dimensions extents by symbol, or by input and index as in `data[2]`
/// @param batch the leading extent of all inputs
/// @param constants inputs that are known
public record ImportOptions(
        Map<String, Long> dimensions, OptionalLong batch, Map<String, Tensor> constants, Trace trace) {
    public ImportOptions {
        dimensions = Map.copyOf(dimensions);
        constants = Map.copyOf(constants);
    }

    public static ImportOptions none(Trace trace) {
        return new ImportOptions(Map.of(), OptionalLong.empty(), Map.of(), trace);
    }

    public ImportOptions withDimensions(Map<String, Long> more) {
        Map<String, Long> all = new HashMap<>(dimensions);
        all.putAll(more);
        return new ImportOptions(all, batch, constants, trace);
    }

    public ImportOptions withBatch(long other) {
        return new ImportOptions(dimensions, OptionalLong.of(other), constants, trace);
    }

    public ImportOptions withConstant(String input, Tensor value) {
        Map<String, Tensor> all = new HashMap<>(constants);
        all.put(input, value);
        return new ImportOptions(dimensions, batch, all, trace);
    }

    /// The same for a single image, heard by nobody.
    ///
    /// @param leading names of dimensions that are the batch
    public ImportOptions single(Set<String> leading) {
        Map<String, Long> others = new HashMap<>(dimensions);
        others.keySet().removeAll(leading);
        return new ImportOptions(others, OptionalLong.of(1), constants, Trace.silent());
    }
}
