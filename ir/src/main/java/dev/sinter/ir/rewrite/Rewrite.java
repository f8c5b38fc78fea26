package dev.sinter.ir.rewrite;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Gathers changes to one graph and makes the new graph from all of them at once.
///
/// The order of nodes stays right by itself: a patch stands where its node stood and reads only what stood before.
final class Rewrite {
    private final Graph graph;
    private final Map<Node, Patch> patches = new IdentityHashMap<>();
    private final Map<Value, Tensor> newConstants = new LinkedHashMap<>();
    private final Map<Value, Value> same = new HashMap<>();
    private final Set<Value> outputs;

    Rewrite(Graph graph) {
        this.graph = graph;
        outputs = new HashSet<>(graph.outputs());
    }

    /// The value that stands for `value` after the changes so far.
    Value resolve(Value value) {
        Value end = value;
        for (Value next = same.get(end); next != null; next = same.get(end)) {
            end = next;
        }
        // Path compression: without it a long chain of identities would take quadratic time.
        for (Value step = value; step != end; ) {
            Value next = same.put(step, end);
            step = next == null ? end : next;
        }
        return end;
    }

    /// Puts `patch` in place of `node`, once per node.
    ///
    /// @return false if an output of the graph would lose its name; then nothing was changed
    boolean replace(Node node, Patch patch) {
        check(node, patch);
        if (!patch.same().entrySet().stream().allMatch(entry -> canForward(entry.getKey(), entry.getValue()))) {
            return false;
        }
        patch.same().forEach(this::forward);
        newConstants.putAll(patch.constants());
        if (patches.put(node, patch) != null) {
            throw new CompilerFault(node.label() + " was replaced twice");
        }
        return true;
    }

    /// Makes two constants one.
    boolean merge(Value constant, Value kept) {
        if (outputs.contains(constant)) {
            return false;
        }
        same.put(constant, kept);
        return true;
    }

    private static void check(Node node, Patch patch) {
        Set<Value> told = new HashSet<>(patch.constants().keySet());
        told.addAll(patch.same().keySet());
        patch.nodes().forEach(replacement -> told.addAll(replacement.outputs()));
        for (Value output : node.outputs()) {
            if (!told.contains(output)) {
                throw new CompilerFault("the patch for " + node.label() + " does not say what " + output + " becomes");
            }
        }
        patch.same().forEach((output, value) -> {
            if (!output.type().equals(value.type())) {
                throw new CompilerFault("the patch for " + node.label() + " takes " + value + " for " + output);
            }
        });
    }

    private boolean canForward(Value output, Value value) {
        Value target = resolve(value);
        return !outputs.contains(output) || !outputs.contains(target) && isComputed(target);
    }

    private boolean isComputed(Value value) {
        return graph.producer(value).isPresent() && !newConstants.containsKey(value);
    }

    private void forward(Value output, Value value) {
        Value target = resolve(value);
        if (outputs.contains(output)) {
            same.put(target, output);
        } else {
            same.put(output, target);
        }
    }

    /// The graph with all changes; the very same object if there were none.
    Graph finish() {
        if (patches.isEmpty() && same.isEmpty()) {
            return graph;
        }
        Map<Value, Tensor> constants = new LinkedHashMap<>(graph.constants());
        constants.keySet().removeIf(value -> resolve(value) != value);
        constants.putAll(newConstants);
        List<Node> nodes = new ArrayList<>();
        Set<Value> unread = new HashSet<>();
        for (Node node : graph.nodes()) {
            Patch patch = patches.get(node);
            if (patch == null) {
                nodes.add(resolved(node));
                continue;
            }
            patch.nodes().forEach(replacement -> nodes.add(resolved(replacement)));
            node.inputs().forEach(input -> unread.add(resolve(input)));
        }
        List<Node> kept = withoutUnread(nodes, constants, unread);
        return withOwnNames(constants, kept);
    }

    private Node resolved(Node node) {
        return resolved(node, this::resolve);
    }

    private static Node resolved(Node node, UnaryOperator<Value> names) {
        List<Value> inputs = node.inputs().stream().map(names).toList();
        List<Value> results = node.outputs().stream().map(names).toList();
        return inputs.equals(node.inputs()) && results.equals(node.outputs())
                ? node
                : new Node(node.name(), node.op(), inputs, results);
    }

    /// Drops nodes and constants of which only `unread`, what the replaced nodes read, may have been left without a
    /// reader. What had none before stays: that is another pass's business.
    private List<Node> withoutUnread(List<Node> nodes, Map<Value, Tensor> constants, Set<Value> unread) {
        Map<Value, Integer> readers = new HashMap<>();
        nodes.forEach(node -> node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum)));
        List<Node> kept = new ArrayList<>();
        for (Node node : nodes.reversed()) {
            boolean drop = node.outputs().stream().anyMatch(unread::contains)
                    && node.outputs().stream().noneMatch(value -> isRead(value, readers));
            if (!drop) {
                kept.add(node);
                continue;
            }
            for (Value input : node.inputs()) {
                readers.merge(input, -1, Integer::sum);
                unread.add(input);
            }
        }
        constants.keySet().removeIf(value -> unread.contains(value) && !isRead(value, readers));
        return kept.reversed();
    }

    private boolean isRead(Value value, Map<Value, Integer> readers) {
        return outputs.contains(value) || readers.getOrDefault(value, 0) > 0;
    }

    /// Gives new values whose name is taken another one.
    private Graph withOwnNames(Map<Value, Tensor> constants, List<Node> nodes) {
        Set<Value> old = new HashSet<>(graph.inputs());
        old.addAll(graph.constants().keySet());
        graph.nodes().forEach(node -> old.addAll(node.outputs()));

        List<Value> defined = new ArrayList<>(graph.inputs());
        defined.addAll(constants.keySet());
        nodes.forEach(node -> defined.addAll(node.outputs()));
        Set<String> taken = new HashSet<>();
        defined.stream().filter(old::contains).forEach(value -> taken.add(value.name()));

        Map<Value, Value> renamed = new HashMap<>();
        Map<String, Integer> lastNumbers = new HashMap<>();
        for (Value value : defined) {
            if (old.contains(value) || taken.add(value.name())) {
                continue;
            }
            renamed.put(value, new Value(freeName(value.name(), taken, lastNumbers), value.type()));
        }
        if (renamed.isEmpty()) {
            return graph.with(constants, nodes);
        }
        Map<Value, Tensor> renamedConstants = new LinkedHashMap<>();
        constants.forEach((value, tensor) -> renamedConstants.put(renamed.getOrDefault(value, value), tensor));
        return graph.with(
                renamedConstants,
                nodes.stream()
                        .map(node -> resolved(node, value -> renamed.getOrDefault(value, value)))
                        .toList());
    }

    private static String freeName(String name, Collection<String> taken, Map<String, Integer> lastNumbers) {
        String free;
        do {
            free = name + "." + lastNumbers.merge(name, 2, (last, _) -> last + 1);
        } while (!taken.add(free));
        return free;
    }
}
