package dev.sinter.ir.rewrite;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Cast;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Makes a network of float32 compute in float16, as [HalfOperators] says node by node, with casts in between: inputs,
/// outputs, integers and float64 keep their types. It is no pass that leaves what a network computes as it is: values
/// that are narrowed are new ones.
public record NarrowToHalf() implements Pass {
    private static final double LARGEST = 65504;
    private static final String SUFFIX = "/f16";

    @Override
    public String name() {
        return "narrow-to-half";
    }

    @Override
    public Graph apply(Graph graph) {
        return new Narrowing(graph).graph();
    }

    private static boolean isNarrowed(Value value) {
        return value.type().element() == ElementType.FLOAT32;
    }

    private static final class Narrowing {
        private final Graph graph;
        private final Set<String> names = new HashSet<>();
        private final Set<String> nodeNames = new HashSet<>();
        private final Map<Value, Tensor> constants = new LinkedHashMap<>();
        private final List<Node> nodes = new ArrayList<>();
        /// Values that are there as float16, by the value that they stand for.
        private final Map<Value, Value> halves = new HashMap<>();
        /// Values that are there as they were.
        private final Set<Value> written = new HashSet<>();

        private Narrowing(Graph graph) {
            this.graph = graph;
            written.addAll(graph.inputs());
            Stream.of(graph.inputs(), graph.constants().keySet())
                    .flatMap(values -> values.stream())
                    .forEach(value -> names.add(value.name()));
            for (Node node : graph.nodes()) {
                nodeNames.add(node.name());
                node.outputs().forEach(output -> names.add(output.name()));
            }
        }

        private Graph graph() {
            graph.nodes().forEach(this::add);
            graph.outputs().forEach(this::whole);
            return halves.isEmpty() ? graph : graph.with(constants, nodes);
        }

        private void add(Node node) {
            if (!isInHalf(node)) {
                nodes.add(
                        node.withInputs(node.inputs().stream().map(this::whole).toList()));
                written.addAll(node.outputs());
                return;
            }
            List<Value> inputs = node.inputs().stream()
                    .map(input -> isNarrowed(input) ? half(input) : whole(input))
                    .toList();
            List<TensorType> types =
                    node.op().infer(inputs.stream().map(Value::type).toList());
            List<Value> outputs = new ArrayList<>();
            for (int i = 0; i < types.size(); i++) {
                Value output = node.outputs().get(i);
                if (types.get(i).equals(output.type())) {
                    outputs.add(output);
                    written.add(output);
                } else {
                    Value narrow = new Value(free(names, output.name() + SUFFIX), types.get(i));
                    outputs.add(narrow);
                    halves.put(output, narrow);
                }
            }
            nodes.add(new Node(node.name(), node.op(), inputs, outputs));
        }

        private boolean isInHalf(Node node) {
            List<Value> reals =
                    node.inputs().stream().filter(NarrowToHalf::isNarrowed).toList();
            if (reals.isEmpty()
                    || reals.stream().anyMatch(this::isBeyondHalf)
                    || node.inputs().stream().anyMatch(graph::isOpen)) {
                return false;
            }
            Op op = node.op();
            return HalfOperators.onlyMoves(op)
                    ? reals.stream().anyMatch(halves::containsKey)
                    : HalfOperators.isComputedInHalf(node);
        }

        /// Whether a constant has numbers that float16 does not.
        private boolean isBeyondHalf(Value value) {
            Tensor tensor = graph.constants().get(value);
            if (tensor == null) {
                return false;
            }
            long elements = tensor.shape().elements();
            for (long i = 0; i < elements; i++) {
                double magnitude = Math.abs(tensor.get(i));
                if (magnitude > LARGEST && magnitude < Double.POSITIVE_INFINITY) {
                    return true;
                }
            }
            return false;
        }

        /// The value as it was.
        private Value whole(Value value) {
            if (written.add(value)) {
                Tensor constant = graph.constants().get(value);
                if (constant != null) {
                    constants.put(value, constant);
                } else {
                    cast(Expect.present(halves.get(value), value), value);
                }
            }
            return value;
        }

        private Value half(Value value) {
            Value known = halves.get(value);
            if (known != null) {
                return known;
            }
            Value narrow =
                    new Value(free(names, value.name() + SUFFIX), value.type().withElement(ElementType.FLOAT16));
            halves.put(value, narrow);
            Tensor constant = graph.constants().get(value);
            if (constant != null) {
                constants.put(narrow, constant.converted(ElementType.FLOAT16));
            } else {
                cast(value, narrow);
            }
            return narrow;
        }

        private void cast(Value from, Value to) {
            String name = to.name();
            nodes.add(new Node(
                    nodeNames.add(name) ? name : free(nodeNames, name + "/cast"),
                    new Cast(to.type().element()),
                    List.of(from),
                    List.of(to)));
        }

        private static String free(Set<String> taken, String name) {
            String free = name;
            for (int number = 2; !taken.add(free); number++) {
                free = name + "." + number;
            }
            return free;
        }
    }
}
