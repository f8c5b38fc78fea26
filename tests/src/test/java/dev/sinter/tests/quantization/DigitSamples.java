package dev.sinter.tests.quantization;

import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.training.data.Batches;
import dev.sinter.training.data.Dataset;
import dev.sinter.training.quantization.Samples;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/// Pictures of a dataset for the one input of a network.
@NullMarked
final class DigitSamples implements Samples {
    private final Dataset data;
    private final Value input;
    private final Map<Integer, Tensor> drawn = new HashMap<>();

    DigitSamples(Dataset data, Value input) {
        this.data = data;
        this.input = input;
    }

    private int size() {
        return Math.toIntExact(input.type().shape().dim(0));
    }

    @Override
    public int batches() {
        return data.size() / size();
    }

    @Override
    public Map<String, Tensor> batch(int number) {
        return Map.of(input.name(), drawn.computeIfAbsent(number, this::pictures));
    }

    private Tensor pictures(int number) {
        Tensor pictures = Tensor.allocate(input.type());
        Tensor targets =
                Tensor.allocate(TensorType.float32(size(), data.classes().size()));
        Batches.inOrder(data, size()).fill(0, number, pictures, targets);
        return pictures;
    }
}
