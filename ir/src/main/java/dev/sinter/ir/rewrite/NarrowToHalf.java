package dev.sinter.ir.rewrite;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.UniqueNames;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Cast;
import dev.sinter.ir.op.HalfPrecision;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.FloatFormat;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes a network of float32 compute in float16, as [HalfPrecision] says node by node, with casts in between: inputs,
/// outputs, integers and float64 keep their types. It is no pass that leaves what a network computes as it is: values
/// that are narrowed are new ones.
public record NarrowToHalf() implements Pass {
    private static final double LARGEST = FloatFormat.FLOAT16.largest();
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

    private static boolean isInRange(double number) {
        return Math.abs(number) <= LARGEST || !Double.isFinite(number);
    }

    private static final class Narrowing {
        private final Graph graph;
        private final UniqueNames names = new UniqueNames();
        private final UniqueNames nodeNames = new UniqueNames();
        private final Map<Value, Tensor> constants = new LinkedHashMap<>();
        private final List<Node> nodes = new ArrayList<>();
        /// Values that are there as float16, by the value that they stand for.
        private final Map<Value, Value> halves = new HashMap<>();
        /// Values that are there as they were.
        private final Set<Value> written = new HashSet<>();

        private Narrowing(Graph graph) {
            this.graph = graph;
            written.addAll(graph.inputs());
            graph.inputs().forEach(value -> names.reserve(value.name()));
            graph.constants().keySet().forEach(value -> names.reserve(value.name()));
            for (Node node : graph.nodes()) {
                nodeNames.reserve(node.name());
                node.outputs().forEach(output -> names.reserve(output.name()));
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
                    Value narrow = new Value(names.next(output.name() + SUFFIX), types.get(i));
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
            return switch (node.op().inHalf(node.signature())) {
                case COMPUTES -> true;
                case MOVES -> reals.stream().anyMatch(halves::containsKey);
                case STAYS -> false;
            };
        }

        /// Whether a constant has numbers that float16 does not.
        private boolean isBeyondHalf(Value value) {
            return !graph.constant(value)
                    .map(constant -> constant.allMatch(NarrowToHalf::isInRange))
                    .orElse(true);
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
                    new Value(names.next(value.name() + SUFFIX), value.type().withElement(ElementType.FLOAT16));
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
                    nodeNames.next(nodeNames.isTaken(name) ? name + "/cast" : name),
                    new Cast(to.type().element()),
                    List.of(from),
                    List.of(to)));
        }
    }
}
