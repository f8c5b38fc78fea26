package dev.sinter.ir.analysis;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Softmax;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How much a network's answer changes when the picture is moved a little (Goodfellow, Bengio and Courville, "Deep
/// Learning" (2016), chapter 9.3).
///
/// @param answer the value that was looked at, as the network has it
public record Invariance(PoolingVariant variant, Value answer, List<Change> changes) {
    /// How far the picture is moved at most.
    public static final int FARTHEST = 3;

    public Invariance {
        changes = List.copyOf(changes);
    }

    /// @param by how many pixels the picture was moved, per dimension
    /// @param relative the length of the answer's change over the length of the answer, as vectors
    /// @param sameLargest whether the answer's largest element stayed in its place
    public record Change(List<Long> by, long pixels, double relative, boolean sameLargest) {}

    /// The mean of all changes for moves of so many pixels.
    public double relative(long pixels) {
        return changes.stream()
                .filter(change -> change.pixels() == pixels)
                .mapToDouble(Change::relative)
                .average()
                .orElse(0);
    }

    public long movesThatKeepTheLargest() {
        return changes.stream().filter(Change::sameLargest).count();
    }

    /// What the network answers: its first output, or the scores behind it if that is a softmax, which would hide how
    /// far they change. Empty if that is a map of the picture, which is to move along and not to stay.
    public static Optional<Value> answer(NetworkFacts facts) {
        Graph graph = facts.graph();
        Value output = graph.outputs().getFirst();
        Value scores = graph.producer(output)
                .filter(node -> node.op() instanceof Softmax)
                .map(Node::inputs)
                .map(List::getFirst)
                .orElse(output);
        return facts.fields().of(scores) instanceof ReceptiveField.Whole ? Optional.of(scores) : Optional.empty();
    }

    /// @param others what the network's other inputs get; may have the picture's too, which is not looked at
    public static Invariance of(
            NetworkFacts facts,
            Value answer,
            PoolingVariant variant,
            long seed,
            NetworkRunner runner,
            MovablePicture shown,
            Map<String, Tensor> others) {
        Graph part = variant.of(Subnetwork.yielding(facts.graph(), List.of(answer)), seed);
        int dimensions = facts.picture().type().shape().rank() - 2;
        Map<String, Tensor> inputs = new HashMap<>(others);
        inputs.keySet().retainAll(part.inputs().stream().map(Value::name).toList());
        List<Change> changes = new ArrayList<>();
        try (NetworkRunner.Loaded loaded = runner.load(part)) {
            inputs.put(facts.picture().name(), shown.moved(new long[dimensions]));
            double[] still = answer(loaded, inputs);
            for (int axis = Math.max(0, dimensions - 2); axis < dimensions; axis++) {
                for (long pixels = 1; pixels <= FARTHEST; pixels++) {
                    for (long direction : new long[] {-1, 1}) {
                        long[] by = new long[dimensions];
                        by[axis] = direction * pixels;
                        inputs.put(facts.picture().name(), shown.moved(by));
                        changes.add(change(by, pixels, still, answer(loaded, inputs)));
                    }
                }
            }
        }
        return new Invariance(variant, answer, changes);
    }

    private static double[] answer(NetworkRunner.Loaded loaded, Map<String, Tensor> inputs) {
        float[] floats = loaded.run(inputs).values().iterator().next().toFloats();
        double[] values = new double[floats.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = floats[i];
        }
        return values;
    }

    private static Change change(long[] by, long pixels, double[] still, double[] moved) {
        double difference = 0;
        double length = 0;
        for (int i = 0; i < still.length; i++) {
            difference += (moved[i] - still[i]) * (moved[i] - still[i]);
            length += still[i] * still[i];
        }
        double relative = difference == 0 ? 0 : Math.sqrt(difference / length);
        List<Long> moves = Arrays.stream(by).boxed().toList();
        return new Change(moves, pixels, relative, largest(still) == largest(moved));
    }

    private static int largest(double[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }
}
