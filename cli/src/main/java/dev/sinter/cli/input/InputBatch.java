package dev.sinter.cli.input;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The memory from which one run takes its inputs, used again for the next run.
public final class InputBatch {
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final long batch;

    /// @param batch how many samples one run takes
    public InputBatch(List<Value> inputs, long batch) {
        this.batch = batch;
        inputs.forEach(input -> tensors.put(input.name(), Tensor.allocate(input.type())));
    }

    /// Puts samples one after the other, and zeros where there are fewer than the batch has.
    public Map<String, Tensor> fill(List<Map<String, Tensor>> samples) {
        tensors.forEach((name, tensor) -> {
            MemorySegment memory = tensor.data();
            long width = memory.byteSize() / batch;
            long filled = 0;
            for (Map<String, Tensor> sample : samples) {
                MemorySegment.copy(Expect.present(sample.get(name), name).data(), 0, memory, filled, width);
                filled += width;
            }
            memory.asSlice(filled).fill((byte) 0);
        });
        return tensors();
    }

    /// By the inputs' names.
    public Map<String, Tensor> tensors() {
        return Collections.unmodifiableMap(tensors);
    }
}
