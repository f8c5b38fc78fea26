package dev.sinter.ir.gradient;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.SoftmaxCrossEntropy;
import java.util.List;
import java.util.stream.LongStream;

/// Losses to train by: each adds nodes to a graph and yields a single number. They may be put together from any other
/// operators just as well.
public final class Losses {
    private Losses() {}

    /// The mean over the batch of -Σ t · log softmax(logits).
    ///
    /// @param name of the loss, and what comes before it is named after
    /// @param logits `[N, C]`
    /// @param targets `[N, C]`, probabilities that add up to 1 in each row: a single 1 for a class that is known
    public static Value softmaxCrossEntropy(Graph.Builder graph, String name, Value logits, Value targets) {
        Value each = graph.add(name + ".each", new SoftmaxCrossEntropy(), logits, targets);
        return graph.add(name, new Reduce(Reduce.Kind.MEAN, List.of(0L), false), each);
    }

    /// The mean over all elements of (predictions - targets)².
    ///
    /// @param name of the loss, and what comes before it is named after
    /// @param predictions any shape of at least one dimension
    /// @param targets of the same shape
    public static Value meanSquaredError(Graph.Builder graph, String name, Value predictions, Value targets) {
        Value difference = graph.add(name + ".difference", new Binary(Binary.Kind.SUB), predictions, targets);
        Value square = graph.add(name + ".square", new Binary(Binary.Kind.MUL), difference, difference);
        List<Long> axes =
                LongStream.range(0, square.type().shape().rank()).boxed().toList();
        return graph.add(name, new Reduce(Reduce.Kind.MEAN, axes, false), square);
    }
}
