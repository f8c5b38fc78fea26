package dev.sinter.ir.plan;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Role;
import dev.sinter.ir.schedule.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Forms the largest legal clusters: at most one contraction with everything elementwise before and after it, and one
/// pooling window with everything elementwise after that. Whether a cluster becomes one kernel is the schedule's
/// decision.
///
/// A branch that cannot be joined is cut at its narrowest value, so that a byte is stored and not the real number that
/// is computed of it.
///
/// A cluster is joined along values with one use only. So nothing but its last value is visible outside, and no path
/// can leave it and come back: clusters never form a cycle.
public final class Fusion {
    private final Graph graph;
    private final boolean enabled;
    private final Target.Limits limits;
    private final ChannelShuffles shuffles;
    private final Map<Node, List<Node>> members = new IdentityHashMap<>();
    private final List<Refusal> refusals = new ArrayList<>();

    /// Why two neighbours were not joined.
    public record Refusal(Node producer, Node consumer, String reason) {}

    /// What fusion did: clusters in an order in which each comes after what it reads, and what it left apart.
    public record Result(List<Cluster> clusters, List<Refusal> refusals) {
        public Result {
            clusters = List.copyOf(clusters);
            refusals = List.copyOf(refusals);
        }
    }

    private Fusion(Graph graph, boolean enabled, Target.Limits limits) {
        this.graph = graph;
        this.enabled = enabled;
        this.limits = limits;
        this.shuffles = ChannelShuffles.in(graph);
    }

    /// @param enabled false leaves every node in a cluster of its own
    /// @param limits beyond which a cluster does not grow
    public static Result clusters(Graph graph, boolean enabled, Target.Limits limits) {
        return new Fusion(graph, enabled, limits).run();
    }

    private Result run() {
        Set<Node> roots = new LinkedHashSet<>();
        for (Node node : graph.nodes()) {
            Set<Node> joined = new LinkedHashSet<>();
            for (Value input : new LinkedHashSet<>(node.inputs())) {
                Optional<Node> producer = graph.producer(input);
                if (producer.isEmpty()) {
                    continue;
                }
                Optional<String> reason = refusal(producer.get(), node, input, joined);
                if (reason.isPresent()) {
                    refusals.add(new Refusal(producer.get(), node, reason.get()));
                    joined.addAll(widening(producer.get(), node, joined, roots));
                } else {
                    joined.addAll(membersOf(producer.get()));
                    roots.remove(producer.get());
                }
            }
            List<Node> all = new ArrayList<>(joined);
            all.add(node);
            members.put(node, all);
            roots.add(node);
        }
        // Members are listed in the graph's order, which no merge of two branches disturbs.
        Map<Node, Integer> order = new IdentityHashMap<>();
        graph.nodes().forEach(node -> order.put(node, order.size()));
        List<Cluster> clusters = roots.stream()
                .map(root -> membersOf(root).stream()
                        .sorted(Comparator.comparing(order::get))
                        .toList())
                .map(Cluster::new)
                .toList();
        return new Result(clusters, refusals);
    }

    /// Takes from a cluster that is not joined, for want of room for two contractions, what comes after its narrowest
    /// value: that is less to store, such as a byte in place of the real number that is computed of it.
    ///
    /// @return what goes to the reader's cluster
    private List<Node> widening(Node producer, Node reader, Set<Node> joined, Set<Node> roots) {
        List<Node> cluster = membersOf(producer);
        boolean apart = !enabled
                || reader.op().role() != Role.ELEMENTWISE
                || !graph.hasOneUse(producer.output())
                || graph.isOutput(producer.output())
                || joined.isEmpty();
        List<Node> tail = apart ? List.of() : tail(producer, cluster);
        if (tail.isEmpty() || beyondLimits(new Cluster(tail), reader, joined).isPresent()) {
            return List.of();
        }
        List<Node> rest = new ArrayList<>(cluster);
        rest.removeAll(tail);
        Node last = graph.producer(varying(tail.getFirst()).orElseThrow()).orElseThrow();
        members.put(last, rest);
        roots.remove(producer);
        roots.add(last);
        return tail;
    }

    /// The functions of single elements at the end of a cluster that make more bytes of fewer; none if there are none.
    private List<Node> tail(Node last, List<Node> cluster) {
        List<Node> tail = new ArrayList<>();
        List<Node> narrowest = List.of();
        int bytes = last.output().type().element().bytes();
        Node node = last;
        while (node.op().role() == Role.ELEMENTWISE) {
            Optional<Value> input = varying(node);
            Optional<Node> before = input.flatMap(graph::producer).filter(cluster::contains);
            if (before.isEmpty() || !graph.hasOneUse(input.get()) || graph.isOutput(input.get())) {
                break;
            }
            tail.addFirst(node);
            if (input.get().type().element().bytes() < bytes) {
                bytes = input.get().type().element().bytes();
                narrowest = List.copyOf(tail);
            }
            node = before.get();
        }
        return narrowest;
    }

    /// The one operand that is no constant; none if there are several.
    private Optional<Value> varying(Node node) {
        List<Value> varying = node.inputs().stream()
                .filter(value -> graph.constant(value).isEmpty())
                .toList();
        return varying.size() == 1 ? Optional.of(varying.getFirst()) : Optional.empty();
    }

    private List<Node> membersOf(Node root) {
        return Expect.present(members.get(root), root.label());
    }

    private Optional<String> refusal(Node producer, Node node, Value value, Set<Node> joined) {
        if (!enabled) {
            return Optional.of("fusion is off");
        }
        for (Node one : List.of(producer, node)) {
            if (one.op().runsOnHost()) {
                return Optional.of(one.label() + " runs on the host");
            }
        }
        if (producer.outputs().size() > 1) {
            return Optional.of(producer.label() + " has " + producer.outputs().size() + " outputs");
        }
        if (graph.isOutput(value)) {
            return Optional.of(value.name() + " is an output of the network");
        }
        if (!graph.hasOneUse(value)) {
            return Optional.of(
                    value.name() + " is read by " + graph.consumers(value).size() + " nodes");
        }
        Cluster above = new Cluster(membersOf(producer));
        Optional<String> size = beyondLimits(above, node, joined);
        if (size.isPresent()) {
            return size;
        }
        if (shuffles.joins(producer, node)) {
            return Optional.empty();
        }
        return switch (node.op().role()) {
            case ELEMENTWISE -> belowElementwise(above, joined);
            case CONTRACTION ->
                above.nodes().stream().allMatch(other -> other.op().role() == Role.ELEMENTWISE)
                        ? Optional.empty()
                        : Optional.of("only elementwise nodes are fused into the input of " + node.label());
            case WINDOW ->
                above.has(Role.WINDOW) || above.has(Role.WHOLE) || above.has(Role.MOVEMENT) || above.has(Role.RESHAPE)
                        ? Optional.of(node.label() + " takes one contraction and elementwise nodes above it, and "
                                + producer.label() + " is neither")
                        : Optional.empty();
            case WHOLE, MOVEMENT -> Optional.of(node.label() + " starts a kernel of its own");
            case RESHAPE -> Optional.of(node.label() + " needs no kernel");
        };
    }

    private Optional<String> beyondLimits(Cluster above, Node node, Set<Node> joined) {
        Set<Node> all = Collections.newSetFromMap(new IdentityHashMap<>());
        all.addAll(joined);
        all.addAll(above.nodes());
        all.add(node);
        if (all.size() > limits.operators()) {
            return Optional.of("a kernel has at most " + limits.operators() + " operators");
        }
        Set<Value> read = Collections.newSetFromMap(new IdentityHashMap<>());
        all.forEach(member -> read.addAll(member.inputs()));
        all.forEach(member -> {
            if (member != node) {
                member.outputs().forEach(read::remove);
            }
        });
        // One argument is for what the kernel computes.
        return read.size() + 1 > limits.arguments()
                ? Optional.of("a kernel has at most " + limits.arguments() + " arguments")
                : Optional.empty();
    }

    private static Optional<String> belowElementwise(Cluster above, Set<Node> joined) {
        if (above.has(Role.WHOLE) || above.has(Role.RESHAPE)) {
            return Optional.of(above.last().label() + " ends a kernel of its own");
        }
        Cluster others = new Cluster(new ArrayList<>(joined));
        boolean twoAnchors = isAnchored(above) && isAnchored(others);
        return twoAnchors
                ? Optional.of("the other operand comes from a contraction or pooling already in this kernel")
                : Optional.empty();
    }

    private static boolean isAnchored(Cluster cluster) {
        return cluster.has(Role.CONTRACTION) || cluster.has(Role.WINDOW) || cluster.has(Role.MOVEMENT);
    }
}
