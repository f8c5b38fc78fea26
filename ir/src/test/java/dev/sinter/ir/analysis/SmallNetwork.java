package dev.sinter.ir.analysis;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.ConvTranspose;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A chain of layers with seeded weights.
final class SmallNetwork {
    private final Graph.Builder graph = Graph.builder("small");
    private Value current;
    private int layers;

    private SmallNetwork(TensorType input) {
        current = graph.input("picture", input);
    }

    static SmallNetwork of(long... dims) {
        return new SmallNetwork(TensorType.float32(dims));
    }

    SmallNetwork conv(long channels, long kernel, long stride, long pad) {
        return conv(channels, kernel, stride, pad, 1, 1);
    }

    SmallNetwork conv(long channels, long kernel, long stride, long pad, long dilation, long groups) {
        int rank = spatialRank();
        Conv conv = new Conv(
                Collections.nCopies(rank, stride),
                Collections.nCopies(2 * rank, pad),
                Collections.nCopies(rank, dilation),
                groups);
        return weighted(conv, channels, channel() / groups, kernel);
    }

    SmallNetwork convTranspose(long channels, long kernel, long stride, long pad) {
        int rank = spatialRank();
        ConvTranspose conv = new ConvTranspose(
                Collections.nCopies(rank, stride),
                Collections.nCopies(2 * rank, pad),
                Collections.nCopies(rank, 0L),
                Collections.nCopies(rank, 1L),
                1);
        return weighted(conv, channel(), channels, kernel);
    }

    private SmallNetwork weighted(Op op, long first, long second, long kernel) {
        List<Long> dims = new ArrayList<>(List.of(first, second));
        dims.addAll(Collections.nCopies(spatialRank(), kernel));
        TensorType type =
                TensorType.float32(dims.stream().mapToLong(Long::longValue).toArray());
        // Positive, so that nothing cancels and whatever is seen shows.
        Value weight = graph.constant(
                "weight" + layers, RandomTensors.uniform(type, 0.1, 1, RandomTensors.seedFor(1, "w" + layers)));
        return then(op, weight);
    }

    SmallNetwork then(Op op, Value... others) {
        List<Value> operands = new ArrayList<>(List.of(current));
        operands.addAll(List.of(others));
        current = graph.add("layer" + layers++, op, operands.toArray(Value[]::new));
        return this;
    }

    private int spatialRank() {
        return current.type().shape().rank() - 2;
    }

    private long channel() {
        return current.type().shape().dim(1);
    }

    Graph build() {
        return graph.output(current).build();
    }

    NetworkFacts facts() {
        return NetworkFacts.of(build());
    }
}
