package dev.sinter.cli.run;

import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.HashSet;
import java.util.Set;

/// What an output holds, in a few numbers, over all samples.
final class OutputSummary {
    private final Value output;
    private final boolean open;
    private final Set<TensorType> types = new HashSet<>();
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double sum;
    private long finite;
    private long others;

    /// @param open if its extents are not the same in all runs
    OutputSummary(Value output, boolean open) {
        this.output = output;
        this.open = open;
    }

    /// @param elements how many of the tensor's first elements count
    void add(Tensor tensor, long elements) {
        types.add(tensor.type());
        for (long i = 0; i < elements; i++) {
            double value = tensor.get(i);
            if (!Double.isFinite(value)) {
                others++;
                continue;
            }
            min = Math.min(min, value);
            max = Math.max(max, value);
            sum += value;
            finite++;
        }
    }

    Value output() {
        return output;
    }

    /// Smallest, largest and mean element are those of the finite ones, null if there are none.
    RunReport.OutputEntry entry() {
        return new RunReport.OutputEntry(
                output.name(),
                type(),
                finite == 0 ? null : min,
                finite == 0 ? null : max,
                finite == 0 ? null : sum / finite,
                others);
    }

    private String type() {
        if (!open) {
            return output.type().toString();
        }
        return types.size() == 1 ? types.iterator().next().toString() : "at most " + output.type();
    }
}
