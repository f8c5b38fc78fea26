package dev.sinter.training.quantization;

import dev.sinter.ir.type.Tensor;
import java.util.Map;

/// What a network is measured on, as many samples at a time as it takes. Each batch is asked for several times.
public interface Samples {
    int batches();

    /// The inputs of one run, by name. They may lie in the memory of those asked for before.
    Map<String, Tensor> batch(int number);
}
