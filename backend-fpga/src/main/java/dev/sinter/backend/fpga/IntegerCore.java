package dev.sinter.backend.fpga;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Cast;
import dev.sinter.ir.op.Quantize;
import dev.sinter.ir.rewrite.IntegerInterval;
import dev.sinter.ir.type.ElementType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The part of a quantised network that computes integers from integers, which hardware is made of. What makes integers
/// of the inputs comes before it and what makes real numbers of its results after, on the host.
///
/// @param network the part by itself
/// @param before nodes on the host that it needs
/// @param after nodes on the host that need it, or have nothing to do with it
public record IntegerCore(Graph network, List<Node> before, List<Node> after) {
    private static final Binary SUBTRACTION = new Binary(Binary.Kind.SUB);

    public IntegerCore {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /// @param graph a network after its passes
    /// @throws CompileException if it computes nothing on integers
    public static IntegerCore of(Graph graph) {
        Set<Value> fromIntegers = identitySet();
        graph.inputs().stream().filter(IntegerCore::isInteger).forEach(fromIntegers::add);
        Set<Node> candidates = new LinkedHashSet<>();
        for (Node node : graph.nodes()) {
            boolean begins =
                    node.op() instanceof Quantize && node.inputs().stream().noneMatch(fromIntegers::contains);
            boolean goesOn = node.inputs().stream().anyMatch(fromIntegers::contains);
            // A type of integers is no more than a number of wires, and a zero point is taken off before padding.
            boolean prepares = goesOn
                    && isInteger(node.output())
                    && (node.op() instanceof Cast || isShift(graph, node))
                    && node.inputs().stream()
                            .noneMatch(input -> graph.producer(input)
                                    .filter(candidates::contains)
                                    .isPresent());
            if (begins || goesOn) {
                fromIntegers.addAll(node.outputs());
            }
            if (goesOn && !prepares) {
                candidates.add(node);
            }
        }
        Set<Value> needed = identitySet();
        List<Node> core = new ArrayList<>();
        for (Node node : new ArrayList<>(candidates).reversed()) {
            boolean yields = node.outputs().stream().anyMatch(value -> isInteger(value) || needed.contains(value));
            if (yields) {
                core.addFirst(node);
                needed.addAll(node.inputs());
            }
        }
        if (core.isEmpty()) {
            throw new CompileException(
                    Code.FPGA_LAYER,
                    graph.name(),
                    "computes nothing on integers, and hardware computes on nothing else",
                    "'sinter quantize' makes a network of 8-bit integers of it");
        }
        return part(graph, core);
    }

    private static IntegerCore part(Graph graph, List<Node> core) {
        Set<Node> inside = new HashSet<>(core);
        Set<Value> computed = identitySet();
        core.forEach(node -> computed.addAll(node.outputs()));
        Set<Value> inputs = new LinkedHashSet<>();
        core.forEach(node -> inputs.addAll(node.inputs()));
        inputs.removeIf(
                value -> computed.contains(value) || graph.constant(value).isPresent());
        List<Value> outputs = core.stream()
                .flatMap(node -> node.outputs().stream())
                .filter(output -> graph.isOutput(output) || !inside.containsAll(graph.consumers(output)))
                .toList();
        Set<Node> needed = graph.between(Set.of(), inputs);
        needed.stream().filter(inside::contains).findFirst().ifPresent(node -> {
            throw new CompileException(
                    Code.FPGA_LAYER,
                    node.label(),
                    "yields what becomes real numbers outside of hardware, and hardware needs them again",
                    "a network of integers throughout, such as 'sinter quantize' makes, has no such layer");
        });
        List<Node> before = graph.nodes().stream().filter(needed::contains).toList();
        List<Node> after = graph.nodes().stream()
                .filter(node -> !inside.contains(node) && !needed.contains(node))
                .toList();
        return new IntegerCore(graph.part(graph.name(), inputs, core, outputs), before, after);
    }

    private static boolean isShift(Graph graph, Node node) {
        return (node.op().equals(Binary.ADD) || node.op().equals(SUBTRACTION))
                && graph.constant(node.input(0)).isEmpty()
                && graph.constant(node.input(1)).isPresent();
    }

    /// Between which numbers the elements of an input lie, as far as the nodes before it tell.
    static Range range(Graph graph, Value input) {
        IntegerInterval interval = IntegerInterval.of(graph, input);
        return new Range((long) interval.least(), (long) interval.most());
    }

    private static boolean isInteger(Value value) {
        ElementType element = value.type().element();
        return !element.isFloating() && element != ElementType.BOOL;
    }

    private static Set<Value> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }
}
