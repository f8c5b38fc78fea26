package dev.sinter.frontend;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.TensorType;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One layer as it enters the graph: its name, its settings, and the constants that are its own.
///
/// Random constants are seeded by layer and name: adding a layer leaves those of the others as they were.
///
/// @param layer the name
record LayerScope(Graph.Builder graph, String layer, long seed, Map<LayerSetting, List<Long>> settings) {
    private static final double LARGEST_BIAS = 0.1;

    LayerScope {
        settings = Map.copyOf(settings);
    }

    /// How many dimensions a tensor has beside batch and channels.
    int spatialRank(TensorType type) {
        int rank = type.shape().rank();
        if (rank < 3) {
            throw fault(
                    Code.SHAPE_RANK,
                    "input is " + type + " of rank " + rank + " but at least rank 3 is expected",
                    "dimensions are batch, channels, then space");
        }
        return rank - 2;
    }

    boolean isSet(LayerSetting setting) {
        return settings.containsKey(setting);
    }

    boolean flag(LayerSetting setting) {
        return setting(setting, 1, 0).getFirst() != 0;
    }

    /// A setting of `entries` numbers.
    List<Long> setting(LayerSetting setting, int entries, long unset) {
        return expanded(setting.toString(), settings.getOrDefault(setting, List.of(unset)), entries);
    }

    /// Begins, then ends: from one number for all, one per dimension, or both written out.
    List<Long> pads(int spatial) {
        List<Long> set = settings.getOrDefault(LayerSetting.PAD, List.of(0L));
        if (set.size() == 2 * spatial && spatial > 0) {
            return set;
        }
        List<Long> ends = expanded("pad", set, spatial);
        return Stream.concat(ends.stream(), ends.stream()).toList();
    }

    /// One number stands for all.
    List<Long> expanded(String what, List<Long> values, int entries) {
        if (values.size() == 1) {
            return Collections.nCopies(entries, values.getFirst());
        }
        if (values.size() != entries) {
            throw fault(Code.ATTRIBUTE, what + " is " + values + " but takes 1 number or " + entries, null);
        }
        return values;
    }

    void requirePositive(String what, Iterable<Long> values) {
        for (long value : values) {
            if (value < 1) {
                throw fault(Code.ATTRIBUTE, what + " " + value + " must be at least 1", null);
            }
        }
    }

    /// Random, as before training.
    Value weights(TensorType type, long fanIn) {
        String name = layer + ".weight";
        return graph.constant(name, RandomTensors.heNormal(type, fanIn, RandomTensors.seedFor(seed, name)));
    }

    /// Not zero, as before training: a kernel that drops the bias must be seen to.
    Value bias(TensorType type) {
        return uniform("bias", type, -LARGEST_BIAS, LARGEST_BIAS);
    }

    Value uniform(String parameter, TensorType type, double lo, double hi) {
        String name = layer + "." + parameter;
        return graph.constant(name, RandomTensors.uniform(type, lo, hi, RandomTensors.seedFor(seed, name)));
    }

    Value add(Op op, Value... operands) {
        return graph.add(layer, op, operands);
    }

    CompileException fault(Code code, String fact, @Nullable String hint) {
        return new CompileException(code, layer, fact, hint);
    }
}
