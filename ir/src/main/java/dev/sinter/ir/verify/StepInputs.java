package dev.sinter.ir.verify;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.rewrite.Provenance;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/// From which of the values that a device has a step was computed. A pass may let a step read what is further up than
/// the imported network says, such as integers in place of the product with their scale: the product, though the device
/// has it as well, was rounded once more, and does not say what the step must yield.
record StepInputs(Graph imported, Graph compiled, Provenance provenance) {
    /// The known values by which the oracle may judge a step.
    ///
    /// @param read by the step, constants left out
    /// @param known what the device has, by compiled and by imported value
    Map<Value, Tensor> of(Collection<Value> read, Value wanted, Map<Value, Tensor> known) {
        Set<Value> sources = sources(read, known);
        if (stopsAt(wanted, known).stream().allMatch(value -> isAmong(sources, value))) {
            return known;
        }
        Map<Value, Tensor> kept = new IdentityHashMap<>(known);
        Set<Value> made = new HashSet<>();
        for (Node node : imported.nodes()) {
            // What the host computes is taken as it is: nothing of it is known better.
            if (!node.op().runsOnHost()
                    && node.inputs().stream().anyMatch(input -> made.contains(input) || isAmong(sources, input))) {
                made.addAll(node.outputs());
            }
        }
        made.stream().filter(value -> !isAmong(sources, value)).forEach(kept::remove);
        return kept;
    }

    private boolean isAmong(Set<Value> sources, Value value) {
        return sources.contains(value)
                || provenance.compiledFor(value).filter(sources::contains).isPresent();
    }

    /// What the step reads, or where the oracle does not know that, what it was made of.
    private Set<Value> sources(Collection<Value> read, Map<Value, Tensor> known) {
        Set<Value> sources = new HashSet<>();
        Deque<Value> open = new ArrayDeque<>(read);
        Set<Value> seen = new HashSet<>(read);
        while (!open.isEmpty()) {
            Value value = open.pop();
            if (known.containsKey(value)) {
                sources.add(value);
                continue;
            }
            compiled.producer(value)
                    .ifPresent(node -> node.inputs().stream().filter(seen::add).forEach(open::push));
        }
        return sources;
    }

    /// The known values from which the oracle would compute `wanted`.
    private Set<Value> stopsAt(Value wanted, Map<Value, Tensor> known) {
        Set<Value> stops = new HashSet<>();
        Set<Value> seen = new HashSet<>();
        Deque<Value> open = new ArrayDeque<>();
        open.push(wanted);
        while (!open.isEmpty()) {
            imported.producer(open.pop())
                    .ifPresent(node -> node.inputs().stream().filter(seen::add).forEach(input -> {
                        if (known.containsKey(input)) {
                            stops.add(input);
                        } else {
                            open.push(input);
                        }
                    }));
        }
        return stops;
    }
}
