package dev.sinter.training.quantization;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Measures which numbers the tensors of a network hold.
final class Ranges {
    private final Graph graph;
    private final NetworkRuns runs;
    private final List<IntegerPart.Group> groups;

    Ranges(Graph graph, NetworkRuns runs, List<IntegerPart.Group> groups) {
        this.graph = graph;
        this.runs = runs;
        this.groups = groups;
    }

    /// The parameters of every member of every group. Takes a second run for a calibration that looks at how numbers
    /// are distributed.
    ///
    /// @throws CompileException if a tensor holds what is no finite number
    Map<Value, QuantizationParameters> parameters(Calibration calibration, ActivationType type) {
        List<Histogram> histograms = measured().stream().map(Histogram::over).toList();
        if (calibration.needsHistogram()) {
            runs.forEach(graph, sources(), seen -> {
                for (int i = 0; i < groups.size(); i++) {
                    Histogram histogram = histograms.get(i);
                    groups.get(i)
                            .sources()
                            .forEach(source -> histogram.add(seen.apply(source).toFloats()));
                }
            });
        }
        Map<Value, QuantizationParameters> parameters = new HashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            QuantizationParameters chosen = type.parameters(calibration.range(histograms.get(i), type));
            groups.get(i).members().forEach(member -> parameters.put(member, chosen));
        }
        return parameters;
    }

    private List<Value> sources() {
        return groups.stream().flatMap(group -> group.sources().stream()).toList();
    }

    private List<ValueRange> measured() {
        double[] lows = new double[groups.size()];
        double[] highs = new double[groups.size()];
        runs.forEach(graph, sources(), seen -> {
            for (int i = 0; i < groups.size(); i++) {
                for (Value source : groups.get(i).sources()) {
                    for (float number : seen.apply(source).toFloats()) {
                        requireFinite(source, number);
                        lows[i] = Math.min(lows[i], number);
                        highs[i] = Math.max(highs[i], number);
                    }
                }
            }
        });
        return IntStream.range(0, groups.size())
                .mapToObj(i -> new ValueRange(lows[i], highs[i]))
                .toList();
    }

    private void requireFinite(Value value, float number) {
        if (Float.isFinite(number)) {
            return;
        }
        String layer = graph.producer(value).map(node -> node.label()).orElse("input " + value.name());
        throw new CompileException(
                Code.INPUT_DATA,
                layer,
                "yields " + number + " for one of the samples, but what is quantised is finite",
                "a network that is fed other numbers than it was trained on may do so: see --scale, --mean and --std");
    }
}
