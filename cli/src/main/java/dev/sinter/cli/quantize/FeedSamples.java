package dev.sinter.cli.quantize;

import dev.sinter.cli.input.Feeds;
import dev.sinter.cli.input.InputBatch;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.type.Tensor;
import dev.sinter.training.quantization.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/// Some of what is fed to a network, evenly spread, read once and kept. Where they do not fill the last batch, the
/// first ones stand there again.
public final class FeedSamples implements Samples {
    private final List<Map<String, Tensor>> samples;
    private final InputBatch inputs;
    private final int batch;

    private FeedSamples(List<Map<String, Tensor>> samples, InputBatch inputs, int batch) {
        this.samples = samples;
        this.inputs = inputs;
        this.batch = batch;
    }

    /// @param most how many samples to take at most
    /// @param complaints hears of those that cannot be read and are left out
    /// @throws CompileException if none can be read
    public static FeedSamples of(Graph graph, Feeds feeds, long most, Consumer<CompileException> complaints) {
        long count = Math.min(most, feeds.count());
        List<CompileException> failures = new ArrayList<>();
        List<Map<String, Tensor>> samples = LongStream.range(0, count)
                .map(i -> i * feeds.count() / count)
                .mapToObj(i -> {
                    try {
                        return Optional.of(feeds.sample(i));
                    } catch (CompileException failure) {
                        failures.add(failure);
                        return Optional.<Map<String, Tensor>>empty();
                    }
                })
                .flatMap(Optional::stream)
                .toList();
        failures.forEach(complaints);
        if (samples.isEmpty()) {
            throw new CompileException(
                    Code.INPUT_DATA,
                    "--data",
                    "none of the " + count + " samples can be read",
                    failures.isEmpty() ? null : failures.getFirst().getMessage());
        }
        return new FeedSamples(samples, new InputBatch(graph.inputs(), feeds.batch()), Math.toIntExact(feeds.batch()));
    }

    /// How many samples there are.
    public int count() {
        return samples.size();
    }

    @Override
    public int batches() {
        return Math.ceilDiv(samples.size(), batch);
    }

    @Override
    public Map<String, Tensor> batch(int number) {
        List<Map<String, Tensor>> rows = new ArrayList<>();
        for (int row = 0; row < batch; row++) {
            rows.add(samples.get((number * batch + row) % samples.size()));
        }
        return inputs.fill(rows);
    }
}
