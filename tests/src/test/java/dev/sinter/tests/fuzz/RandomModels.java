package dev.sinter.tests.fuzz;

import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.NullMarked;

/// Random networks of ONNX's operators: the same seed makes the same network.
@NullMarked
final class RandomModels {
    private static final int LONGEST = 9;
    private static final int TRIES = 40;

    private static final List<List<Layer>> FAMILIES = List.of(
            WindowLayers.all(),
            WindowLayers.all(),
            FunctionLayers.all(),
            FunctionLayers.all(),
            MovementLayers.all(),
            ReductionLayers.all(),
            IntegerLayers.all(),
            BlockLayers.all(),
            BlockLayers.all(),
            SeldomLayers.all(),
            ContributedLayers.all(),
            EarlyLayers.all(),
            RecentLayers.all());

    private static final List<List<Layer>> OF_INTEGERS =
            List.of(IntegerLayers.all(), ContributedLayers.all(), RecentLayers.all());

    private RandomModels() {}

    static FuzzNetwork of(long seed) {
        Growth network = new Growth(new Random(seed));
        network.input(TensorType.float32(shape(network)));
        if (network.once(6)) {
            ElementType element = network.pick(List.of(ElementType.UINT8, ElementType.INT32, ElementType.INT64));
            network.input(TensorType.of(element, shape(network)));
        }
        if (network.once(6)) {
            network.input(network.values().getFirst().tensor().type());
        }
        Known last = network.values().getLast();
        if (network.kind() == Growth.Kind.WILD) {
            network.wild(network.values().getFirst().shape());
        }
        int length = 1 + network.random().nextInt(LONGEST);
        for (int i = 0; i < length; i++) {
            // Mostly on from what was made last, so that chains form, but branches too.
            Known from = network.once(4) ? network.pick(network.values()) : last;
            last = next(network, from).orElse(last);
        }
        return network.network(outputs(network, last));
    }

    private static Optional<Known> next(Growth network, Known from) {
        for (int tried = 0; tried < TRIES; tried++) {
            // Few layers go on from integers: without favour there would be hardly two in a row.
            boolean whole = !from.isReal() && network.once(2);
            Optional<Known> grown =
                    network.pick(network.pick(whole ? OF_INTEGERS : FAMILIES)).grow(network, from);
            if (grown.isPresent()) {
                return grown;
            }
        }
        return Optional.empty();
    }

    private static long[] shape(Growth network) {
        int spatial = network.pick(List.of(0, 1, 2, 2, 2, 2, 2, 2, 3));
        long[] dims = new long[spatial + 2];
        dims[0] = network.pick(List.of(1L, 1L, 1L, 2L, 3L, 5L));
        dims[1] = network.pick(WindowLayers.CHANNELS);
        for (int axis = 2; axis < dims.length; axis++) {
            long most = spatial == 2 ? 9 : 6;
            dims[axis] = network.kind() == Growth.Kind.LARGE ? network.between(8, 20) : network.between(1, most);
        }
        return dims;
    }

    /// The last value, and some of those that nothing reads.
    private static List<Known> outputs(Growth network, Known last) {
        List<Known> outputs = new ArrayList<>(List.of(last));
        for (Known value : network.values()) {
            boolean extra = network.isRead(value) ? network.once(12) : network.once(3);
            if (network.isComputed(value) && extra && !value.name().equals(last.name())) {
                outputs.add(value);
            }
        }
        return outputs;
    }
}
