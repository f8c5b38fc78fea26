package dev.sinter.tests.fuzz;

import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/// Makes a network that fails smaller for as long as it still fails: one output, fewer nodes, fewer attributes, smaller
/// extents, plain names. What is tried need not be valid: that is ONNX Runtime's to say.
@NullMarked
final class Shrinker {
    private final Predicate<FuzzNetwork> fails;
    private FuzzNetwork network;
    private int triesLeft;

    private Shrinker(FuzzNetwork network, Predicate<FuzzNetwork> fails, int tries) {
        this.network = network;
        this.fails = fails;
        this.triesLeft = tries;
    }

    /// @param fails false also where ONNX Runtime refuses the network
    /// @param tries how many networks are tried at most
    static FuzzNetwork shrink(FuzzNetwork network, Predicate<FuzzNetwork> fails, int tries) {
        return new Shrinker(network, fails, tries).shrunk();
    }

    private FuzzNetwork shrunk() {
        boolean shrank = true;
        while (shrank && triesLeft > 0) {
            shrank = oneOf(Shrinker::singleOutputs)
                    | oneOf(Shrinker::earlierOutputs)
                    | oneOf(Shrinker::cut)
                    | oneOf(Shrinker::bypassed)
                    | oneOf(Shrinker::withFewerAttributes)
                    | oneOf(Shrinker::withSmallerExtents);
        }
        oneOf(smaller -> Stream.of(plainlyNamed(smaller)));
        return network;
    }

    /// Takes the first that still fails, and goes on from there until none does.
    private boolean oneOf(Function<FuzzNetwork, Stream<FuzzNetwork>> smaller) {
        boolean shrank = false;
        boolean again = true;
        while (again) {
            Optional<FuzzNetwork> next = smaller.apply(network)
                    .filter(candidate -> !candidate.equals(network))
                    .takeWhile(_ -> triesLeft-- > 0)
                    .filter(fails)
                    .findFirst();
            again = next.isPresent();
            shrank |= again;
            network = next.orElse(network);
        }
        return shrank;
    }

    private static Stream<FuzzNetwork> singleOutputs(FuzzNetwork network) {
        return network.outputs().size() == 1
                ? Stream.of()
                : network.outputs().entrySet().stream()
                        .map(output -> yielding(network, output.getKey(), output.getValue()));
    }

    private static FuzzNetwork yielding(FuzzNetwork network, String name, Optional<ElementType> element) {
        return network.withOutputs(Map.of(name, element)).pruned();
    }

    /// What the last node reads, in place of what it yields.
    private static Stream<FuzzNetwork> earlierOutputs(FuzzNetwork network) {
        Map<String, TensorType> types = ReferenceRun.types(network).orElse(Map.of());
        return network.nodes().stream()
                .limit(network.nodes().size() - 1L)
                .flatMap(node -> node.outputs().stream())
                .filter(types::containsKey)
                .map(name -> yielding(network, name, Optional.of(types.get(name).element())));
    }

    /// With an input in place of what some nodes compute.
    private static Stream<FuzzNetwork> cut(FuzzNetwork network) {
        Map<String, TensorType> types = ReferenceRun.types(network).orElse(Map.of());
        return network.nodes().reversed().stream()
                .flatMap(node -> node.outputs().stream())
                .filter(name -> types.containsKey(name) && !network.outputs().containsKey(name))
                .map(name -> cut(network, name, types.get(name)));
    }

    private static FuzzNetwork cut(FuzzNetwork network, String name, TensorType type) {
        Map<String, TensorType> inputs = new LinkedHashMap<>(network.inputs());
        String input = "cut_" + inputs.size();
        inputs.put(input, type);
        List<OnnxNode> nodes = network.nodes().stream()
                .map(node -> node.reading(read -> read.equals(name) ? input : read))
                .toList();
        return network.withInputs(inputs).withNodes(nodes).pruned();
    }

    /// Readers of what a node computes read what it read, where both are of one type.
    private static Stream<FuzzNetwork> bypassed(FuzzNetwork network) {
        Map<String, TensorType> types = new LinkedHashMap<>(network.inputs());
        ReferenceRun.types(network).ifPresent(types::putAll);
        List<FuzzNetwork> smaller = new ArrayList<>();
        for (OnnxNode node : network.nodes().reversed()) {
            for (String output : node.outputs()) {
                node.inputs().stream()
                        .filter(input ->
                                types.containsKey(input) && types.get(input).equals(types.get(output)))
                        .forEach(input -> smaller.add(bypassed(network, output, input)));
            }
        }
        return smaller.stream();
    }

    private static FuzzNetwork bypassed(FuzzNetwork network, String output, String input) {
        List<OnnxNode> nodes = network.nodes().stream()
                .map(node -> node.reading(read -> read.equals(output) ? input : read))
                .toList();
        Map<String, Optional<ElementType>> outputs = new LinkedHashMap<>();
        network.outputs().forEach((name, element) -> outputs.put(name.equals(output) ? input : name, element));
        outputs.keySet().removeAll(network.inputs().keySet());
        return outputs.isEmpty()
                ? network
                : network.withNodes(nodes).withOutputs(outputs).pruned();
    }

    private static Stream<FuzzNetwork> withFewerAttributes(FuzzNetwork network) {
        List<FuzzNetwork> smaller = new ArrayList<>();
        for (int place = 0; place < network.nodes().size(); place++) {
            OnnxNode node = network.nodes().get(place);
            for (String attribute : node.attributes().keySet()) {
                List<OnnxNode> nodes = new ArrayList<>(network.nodes());
                nodes.set(place, node.without(attribute));
                smaller.add(network.withNodes(nodes));
            }
        }
        return smaller.stream();
    }

    /// One extent, wherever inputs and constants have it, becomes a smaller one.
    private static Stream<FuzzNetwork> withSmallerExtents(FuzzNetwork network) {
        TreeSet<Long> extents = new TreeSet<>();
        network.inputs().values().forEach(type -> extents.addAll(type.shape().dims()));
        network.constants().values().stream()
                .filter(constant -> !constant.isStated())
                .forEach(constant -> extents.addAll(constant.type().shape().dims()));
        return extents.descendingSet().stream()
                .filter(extent -> extent > 1)
                .flatMap(extent -> Stream.of(1L, 2L, extent / 2, extent - 1)
                        .distinct()
                        .filter(less -> less >= 1 && less < extent)
                        .flatMap(less -> Stream.concat(
                                Stream.of(resized(network, extent, less)), resizedAlone(network, extent, less))));
    }

    private static FuzzNetwork resized(FuzzNetwork network, long extent, long less) {
        Map<String, TensorType> inputs = new LinkedHashMap<>(network.inputs());
        inputs.replaceAll((_, type) -> type.withShape(resized(type.shape(), extent, less)));
        Map<String, Constant> constants = new LinkedHashMap<>(network.constants());
        constants.replaceAll((_, constant) -> constant.isStated()
                ? constant
                : constant.withShape(resized(constant.type().shape(), extent, less)));
        return network.withInputs(inputs).withConstants(constants);
    }

    private static Shape resized(Shape shape, long extent, long less) {
        return new Shape(shape.dims().stream()
                .map(found -> found == extent ? less : found)
                .toList());
    }

    /// In one input, or one constant, only.
    private static Stream<FuzzNetwork> resizedAlone(FuzzNetwork network, long extent, long less) {
        List<FuzzNetwork> smaller = new ArrayList<>();
        network.inputs().forEach((name, type) -> {
            for (Shape shape : eachResized(type.shape(), extent, less)) {
                Map<String, TensorType> inputs = new LinkedHashMap<>(network.inputs());
                inputs.put(name, type.withShape(shape));
                smaller.add(network.withInputs(inputs));
            }
        });
        network.constants().forEach((name, constant) -> {
            for (Shape shape : constant.isStated()
                    ? List.<Shape>of()
                    : eachResized(constant.type().shape(), extent, less)) {
                Map<String, Constant> constants = new LinkedHashMap<>(network.constants());
                constants.put(name, constant.withShape(shape));
                smaller.add(network.withConstants(constants));
            }
        });
        return smaller.stream();
    }

    private static List<Shape> eachResized(Shape shape, long extent, long less) {
        List<Shape> shapes = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (shape.dim(axis) == extent) {
                shapes.add(shape.with(axis, less));
            }
        }
        return shapes;
    }

    private static FuzzNetwork plainlyNamed(FuzzNetwork network) {
        Map<String, String> plain = new LinkedHashMap<>();
        Stream.of(
                        network.inputs().keySet(),
                        network.constants().keySet(),
                        network.nodes().stream()
                                .flatMap(node -> node.outputs().stream())
                                .toList())
                .flatMap(Collection::stream)
                .filter(name -> !name.isEmpty())
                .forEach(name -> plain.put(name, "t" + plain.size()));
        Map<String, TensorType> inputs = new LinkedHashMap<>();
        network.inputs().forEach((name, type) -> inputs.put(plain.get(name), type));
        Map<String, Constant> constants = new LinkedHashMap<>();
        network.constants().forEach((name, constant) -> constants.put(plain.get(name), constant));
        Map<String, Optional<ElementType>> outputs = new LinkedHashMap<>();
        network.outputs().forEach((name, element) -> outputs.put(plain.get(name), element));
        List<OnnxNode> nodes = network.nodes().stream()
                .map(node -> node.renamed(name -> plain.getOrDefault(name, name)))
                .toList();
        return new FuzzNetwork(network.opset(), inputs, constants, nodes, outputs);
    }
}
