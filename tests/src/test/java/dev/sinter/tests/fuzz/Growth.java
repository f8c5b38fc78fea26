package dev.sinter.tests.fuzz;

import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/// A network that grows node by node. Each node is tried by ONNX Runtime on the very tensors that it will read: what
/// it refuses is left out, so that every network is valid, and every shape is known without asking Sinter.
@NullMarked
final class Growth {
    /// Kernels are evaluated in Java: more would take long.
    private static final long MOST_ELEMENTS = 3000;

    private static final long MOST_PRODUCTS = 60_000;

    /// By how much a large network may have more.
    private static final long LARGE = 12;

    /// Beyond it float32 is about to overflow, and everything then is infinite.
    private static final double LARGEST = 1e9;

    /// None so large that two of them overflow: beside an infinity the oracle has no bound for that.
    private static final List<Double> SPECIAL =
            List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.0, -0.0, 1e-40, 1e33, -1e33);

    private static final List<Long> OPSETS =
            List.of(7L, 8L, 9L, 10L, 11L, 12L, 13L, 13L, 15L, 17L, 18L, 19L, 20L, 21L, 22L, 23L, 24L);

    private final Random random;
    private final Names names;
    private final long opset;
    private final Kind kind;
    private final Map<String, TensorType> inputs = new LinkedHashMap<>();
    private final Map<String, Constant> constants = new LinkedHashMap<>();
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final List<Known> values = new ArrayList<>();

    enum Kind {
        USUAL,
        /// Of extents for which there are other algorithms and schedules.
        LARGE,
        /// Where infinities and NaN are among the values.
        WILD
    }

    Growth(Random random) {
        this.random = random;
        this.names = new Names(random, random.nextInt(4) == 0);
        this.opset = pick(OPSETS);
        this.kind = once(40) ? Kind.LARGE : once(25) ? Kind.WILD : Kind.USUAL;
    }

    Kind kind() {
        return kind;
    }

    /// How many products a layer may sum up.
    long mostProducts() {
        return kind == Kind.LARGE ? LARGE * MOST_PRODUCTS : MOST_PRODUCTS;
    }

    boolean isTooMuch(Known x, Shape weights) {
        return x.shape().elements() * weights.elements() / x.dim(1) > mostProducts();
    }

    long opset() {
        return opset;
    }

    Random random() {
        return random;
    }

    /// True in one of `times`.
    boolean once(int times) {
        return random.nextInt(times) == 0;
    }

    <T> T pick(List<? extends T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /// From `least` to `most`, both included.
    long between(long least, long most) {
        return least + random.nextLong(most - least + 1);
    }

    List<Known> values() {
        return values;
    }

    Known input(TensorType type) {
        String name = names.fresh();
        inputs.put(name, type);
        FuzzNetwork alone = new FuzzNetwork(opset, Map.of(name, type), Map.of(), List.of(), Map.of());
        Known value = new Known(
                name,
                java.util.Objects.requireNonNull(ReferenceRun.inputs(alone).get(name)));
        values.add(value);
        return value;
    }

    /// A constant among the values, which layers may start from.
    Optional<Known> known(Shape shape) {
        String name = normal(shape, 1);
        Known value = new Known(
                name, java.util.Objects.requireNonNull(constants.get(name)).tensor());
        values.add(value);
        return Optional.of(value);
    }

    /// Values that arithmetic may go wrong with: the input's with infinities and NaN among them.
    void wild(Shape shape) {
        List<Double> elements = new ArrayList<>();
        for (long i = 0; i < shape.elements(); i++) {
            elements.add(once(6) ? pick(SPECIAL) : random.nextGaussian());
        }
        Constant constant =
                new Constant(new TensorType(ElementType.FLOAT32, shape), new Constant.Contents.Stated(elements));
        Known special = new Known(constant(constant), constant.tensor());
        node(pick(List.of("Add", "Mul", "Max")))
                .reads(values.getFirst(), special)
                .add();
    }

    String constant(Constant constant) {
        String name = names.fresh();
        constants.put(name, constant);
        return name;
    }

    String normal(double deviation, long... dims) {
        return normal(Shape.of(dims), deviation);
    }

    String normal(Shape shape, double deviation) {
        return constant(new Constant(
                new TensorType(ElementType.FLOAT32, shape),
                new Constant.Contents.Normal(0, deviation, random.nextLong())));
    }

    String uniform(double least, double most, long... dims) {
        return constant(
                new Constant(TensorType.float32(dims), new Constant.Contents.Uniform(least, most, random.nextLong())));
    }

    String integers(ElementType element, long least, long most, long... dims) {
        return constant(new Constant(
                TensorType.of(element, dims), new Constant.Contents.Integers(least, most, random.nextLong())));
    }

    /// A list of 64-bit integers, as shapes, axes and pads are.
    String list(List<Long> values) {
        return constant(new Constant(
                TensorType.of(ElementType.INT64, values.size()),
                new Constant.Contents.Stated(
                        values.stream().map(Long::doubleValue).toList())));
    }

    String reals(List<Double> values) {
        return constant(new Constant(TensorType.float32(values.size()), new Constant.Contents.Stated(values)));
    }

    String scalar(ElementType element, double value) {
        return constant(new Constant(TensorType.of(element), new Constant.Contents.Stated(List.of(value))));
    }

    Draft node(String operator) {
        return new Draft(operator);
    }

    /// A node before it is part of the network.
    final class Draft {
        private final String operator;
        private final List<String> operands = new ArrayList<>();
        private final Map<String, Attribute> attributes = new LinkedHashMap<>();

        private Draft(String operator) {
            this.operator = operator;
        }

        Draft reads(Known... operands) {
            Stream.of(operands).map(Known::name).forEach(this.operands::add);
            return this;
        }

        Draft reads(String... names) {
            operands.addAll(List.of(names));
            return this;
        }

        Draft with(String attribute, long value) {
            attributes.put(attribute, new Attribute.Whole(value));
            return this;
        }

        Draft with(String attribute, boolean value) {
            return with(attribute, value ? 1L : 0L);
        }

        Draft with(String attribute, double value) {
            attributes.put(attribute, new Attribute.Real((float) value));
            return this;
        }

        Draft with(String attribute, String value) {
            attributes.put(attribute, new Attribute.Word(value));
            return this;
        }

        Draft withReals(String attribute, List<Float> values) {
            attributes.put(attribute, new Attribute.Reals(values));
            return this;
        }

        Draft with(String attribute, List<Long> values) {
            attributes.put(attribute, new Attribute.Wholes(values));
            return this;
        }

        boolean has(String attribute) {
            return attributes.containsKey(attribute);
        }

        /// Empty text if the attribute is not there.
        String word(String attribute) {
            return attributes.get(attribute) instanceof Attribute.Word(String value) ? value : "";
        }

        List<Long> list(String attribute, List<Long> otherwise) {
            return attributes.get(attribute) instanceof Attribute.Wholes(List<Long> found) ? found : otherwise;
        }

        Optional<Known> add() {
            return add(1).map(List::getFirst);
        }

        /// Adds the node with so many outputs.
        Optional<List<Known>> add(int outputs) {
            List<String> results = Stream.generate(names::fresh).limit(outputs).toList();
            return tried(new OnnxNode(operator, operands, results, attributes));
        }
    }

    private Optional<List<Known>> tried(OnnxNode node) {
        Map<String, Tensor> fed = new LinkedHashMap<>();
        Map<String, TensorType> read = new LinkedHashMap<>();
        values.stream()
                .filter(value -> node.inputs().contains(value.name()) && !constants.containsKey(value.name()))
                .forEach(value -> {
                    fed.put(value.name(), value.tensor());
                    read.put(value.name(), value.tensor().type());
                });
        Map<String, Constant> beside = new LinkedHashMap<>(constants);
        beside.keySet().retainAll(node.inputs());
        Map<String, Optional<ElementType>> outputs = new LinkedHashMap<>();
        node.outputs().forEach(name -> outputs.put(name, Optional.empty()));
        Optional<Map<String, Tensor>> results =
                ReferenceRun.of(new FuzzNetwork(opset, read, beside, List.of(node), outputs), fed);
        if (results.isEmpty() || !results.get().values().stream().allMatch(this::isModerate)) {
            return Optional.empty();
        }
        List<Known> added = node.outputs().stream()
                .map(name -> new Known(
                        name, java.util.Objects.requireNonNull(results.get().get(name))))
                .toList();
        nodes.add(node);
        values.addAll(added);
        return Optional.of(added);
    }

    private boolean isModerate(Tensor tensor) {
        long elements = tensor.shape().elements();
        long most = kind == Kind.LARGE ? LARGE * MOST_ELEMENTS : MOST_ELEMENTS;
        if (elements == 0 || elements > most || tensor.shape().rank() > 6) {
            return false;
        }
        if (kind == Kind.WILD) {
            return true;
        }
        for (long i = 0; i < elements; i++) {
            if (!(Math.abs(tensor.get(i)) < LARGEST)) {
                return false;
            }
        }
        return true;
    }

    /// What has grown, with these values for outputs.
    FuzzNetwork network(List<Known> yielded) {
        Map<String, Optional<ElementType>> outputs = new LinkedHashMap<>();
        yielded.forEach(value -> outputs.put(value.name(), Optional.of(value.element())));
        return new FuzzNetwork(opset, inputs, constants, nodes, outputs).pruned();
    }

    boolean isComputed(Known value) {
        return nodes.stream().anyMatch(node -> node.outputs().contains(value.name()));
    }

    boolean isRead(Known value) {
        return nodes.stream().anyMatch(node -> node.inputs().contains(value.name()));
    }
}
