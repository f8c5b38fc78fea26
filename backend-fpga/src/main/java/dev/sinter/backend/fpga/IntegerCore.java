package dev.sinter.backend.fpga;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.numeric.IntegerTypes;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Cast;
import dev.sinter.ir.op.Quantize;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.Collections;
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
        List<Node> candidates = new ArrayList<>();
        for (Node node : graph.nodes()) {
            boolean begins =
                    node.op() instanceof Quantize && node.inputs().stream().noneMatch(fromIntegers::contains);
            boolean goesOn = node.inputs().stream().anyMatch(fromIntegers::contains);
            // A type of integers is no more than a number of wires, and a zero point is taken off before padding.
            boolean prepares = goesOn
                    && isInteger(node.output())
                    && (node.op() instanceof Cast || isShift(graph, node))
                    && node.inputs().stream()
                            .noneMatch(input ->
                                    candidates.contains(graph.producer(input).orElse(null)));
            if (begins || goesOn) {
                fromIntegers.addAll(node.outputs());
            }
            if (goesOn && !prepares) {
                candidates.add(node);
            }
        }
        Set<Value> needed = identitySet();
        List<Node> core = new ArrayList<>();
        for (Node node : candidates.reversed()) {
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
        Set<Value> computed = identitySet();
        core.forEach(node -> computed.addAll(node.outputs()));
        Set<Value> inputs = new LinkedHashSet<>();
        for (Node node : core) {
            for (Value input : node.inputs()) {
                if (!computed.contains(input) && graph.constant(input).isEmpty()) {
                    inputs.add(input);
                }
            }
        }
        Set<Value> outputs = new LinkedHashSet<>();
        for (Node node : core) {
            for (Value output : node.outputs()) {
                boolean leaves = graph.outputs().contains(output)
                        || graph.nodes().stream()
                                .anyMatch(other ->
                                        !core.contains(other) && other.inputs().contains(output));
                if (leaves) {
                    outputs.add(output);
                }
            }
        }
        List<Node> before = new ArrayList<>();
        List<Node> after = new ArrayList<>();
        Set<Value> wanted = identitySet();
        wanted.addAll(inputs);
        for (Node node : graph.nodes().reversed()) {
            if (core.contains(node)) {
                continue;
            }
            if (node.outputs().stream().anyMatch(wanted::contains)) {
                before.addFirst(node);
                wanted.addAll(node.inputs());
            } else {
                after.addFirst(node);
            }
        }
        for (Node node : before) {
            node.inputs().stream().filter(computed::contains).findAny().ifPresent(value -> {
                throw new CompileException(
                        Code.FPGA_LAYER,
                        node.label(),
                        "computes real numbers of what hardware yields, and hardware needs them again",
                        "a network of integers throughout, such as 'sinter quantize' makes, has no such layer");
            });
        }
        return new IntegerCore(graph.part(graph.name(), inputs, core, outputs), before, after);
    }

    private static boolean isShift(Graph graph, Node node) {
        return (node.op().equals(Binary.ADD) || node.op().equals(SUBTRACTION))
                && graph.constant(node.input(0)).isEmpty()
                && graph.constant(node.input(1)).isPresent();
    }

    /// Between which numbers the elements of an input lie, as far as the nodes before it tell.
    public static Range range(Graph graph, Value input) {
        Node node = graph.producer(input).orElse(null);
        if (node != null && node.op() instanceof Quantize quantize) {
            return new Range(quantize.least(), quantize.most());
        }
        if (node != null && node.op() instanceof Cast && isInteger(node.input(0))) {
            return range(graph, node.input(0));
        }
        if (node != null && isShift(graph, node)) {
            Range before = range(graph, node.input(0));
            Range by = content(graph.constant(node.input(1)).orElseThrow());
            return node.op().equals(SUBTRACTION)
                    ? new Range(before.lo() - by.hi(), before.hi() - by.lo())
                    : new Range(before.lo() + by.lo(), before.hi() + by.hi());
        }
        ElementType element = input.type().element();
        return new Range((long) IntegerTypes.least(element), (long) IntegerTypes.largest(element));
    }

    private static Range content(Tensor tensor) {
        Range range = Range.of(tensor.getLong(0));
        for (long i = 1; i < tensor.shape().elements(); i++) {
            range = range.union(Range.of(tensor.getLong(i)));
        }
        return range;
    }

    private static boolean isInteger(Value value) {
        ElementType element = value.type().element();
        return !element.isFloating() && element != ElementType.BOOL;
    }

    private static Set<Value> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }
}
