package dev.sinter.training.quantization;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.training.quantization.IntegerPart.Group;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Measures which numbers the tensors of a network hold, and which of them are to have one scale.
final class Ranges {
    /// A concatenation keeps the scale of what it reads, so that it only moves bytes, unless a part of it would then
    /// have less than that share of the steps that it has by itself: one bit less.
    private static final double LEAST_SHARE = 0.5;

    private final Graph graph;
    private final NetworkRuns runs;
    private final WatchedNetwork network;
    private final IntegerPart part;
    private final Map<Value, double[]> ends = new HashMap<>();

    /// @param network the graph, with what is to be held in bytes to be looked at
    Ranges(Graph graph, NetworkRuns runs, WatchedNetwork network, IntegerPart part) {
        this.graph = graph;
        this.runs = runs;
        this.network = network;
        this.part = part;
    }

    /// The parameters of every tensor that is held in bytes. Runs a second time for a calibration that looks at how
    /// numbers are distributed.
    ///
    /// @throws CompileException if a tensor holds what is no finite number
    Map<Value, QuantizationParameters> parameters(Calibration calibration, ActivationType type) {
        List<Node> concatenations = part.concatenations();
        List<Group> apart = part.groups(new HashSet<>(concatenations));
        measure(sources(apart));
        List<Group> groups = part.groups(rounding(concatenations, apart));
        List<Histogram> histograms =
                groups.stream().map(group -> Histogram.over(range(group))).toList();
        if (calibration.needsHistogram()) {
            runs.forEach(network, seen -> {
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
            QuantizationParameters chosen = type.parameters(CalibratedRange.of(calibration, histograms.get(i), type));
            groups.get(i).members().forEach(member -> parameters.put(member, chosen));
        }
        return parameters;
    }

    private static List<Value> sources(Collection<Group> groups) {
        return groups.stream().flatMap(group -> group.sources().stream()).toList();
    }

    private void measure(List<Value> sources) {
        sources.forEach(source -> ends.put(source, new double[2]));
        runs.forEach(network, seen -> {
            for (Value source : sources) {
                double[] found = Expect.present(ends.get(source), source);
                for (float number : seen.apply(source).toFloats()) {
                    requireFinite(source, number);
                    found[0] = Math.min(found[0], number);
                    found[1] = Math.max(found[1], number);
                }
            }
        });
    }

    private ValueRange range(Group group) {
        double low = 0;
        double high = 0;
        for (Value source : group.sources()) {
            double[] found = Expect.present(ends.get(source), source);
            low = Math.min(low, found[0]);
            high = Math.max(high, found[1]);
        }
        return new ValueRange(low, high);
    }

    /// The concatenations that have a scale of their own.
    ///
    /// @param apart groups in which each has one
    private Set<Node> rounding(List<Node> concatenations, List<Group> apart) {
        Map<Value, ValueRange> ranges = new HashMap<>();
        apart.forEach(group -> {
            ValueRange range = range(group);
            group.members().forEach(member -> ranges.put(member, range));
        });
        Set<Node> rounding = new HashSet<>();
        for (Node node : concatenations) {
            double whole = Expect.present(ranges.get(node.output()), node).width();
            if (node.inputs().stream()
                    .anyMatch(operand ->
                            Expect.present(ranges.get(operand), operand).width() < LEAST_SHARE * whole)) {
                rounding.add(node);
            }
        }
        return rounding;
    }

    private void requireFinite(Value value, float number) {
        if (Float.isFinite(number)) {
            return;
        }
        String layer = graph.producer(value).map(Node::label).orElse("input " + value.name());
        throw new CompileException(
                Code.INPUT_DATA,
                layer,
                "yields " + number + " for one of the samples, but what is quantised is finite",
                "a network that is fed other numbers than it was trained on may do so: see --scale, --mean and --std");
    }
}
