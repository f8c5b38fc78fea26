package dev.sinter.frontend.onnx.importing;

import dev.sinter.frontend.onnx.file.Attributes;
import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.frontend.onnx.file.Declaration;
import dev.sinter.frontend.onnx.file.OnnxGraph;
import dev.sinter.frontend.onnx.file.UniqueNames;
import dev.sinter.frontend.onnx.node.Folding;
import dev.sinter.frontend.onnx.node.ImportState;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.frontend.onnx.node.Rebatching;
import dev.sinter.frontend.onnx.node.ValueTypes;
import dev.sinter.frontend.onnx.operator.OperatorTable;
import dev.sinter.frontend.onnx.operator.Row;
import dev.sinter.frontend.onnx.proto.NodeProto;
import dev.sinter.frontend.port.Port;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.NearestNames;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.graph.Verifier;
import dev.sinter.ir.op.Identity;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Makes a graph of an ONNX network, node by node in order.
public final class GraphImporter {
    private final OnnxGraph source;
    private final Graph.Builder builder;
    private final GraphWriter writer;
    private final ImportState state;
    private final Map<String, Operand> scope = new HashMap<>();
    /// Outputs that nothing here makes, and what they are.
    private final Map<String, String> absent = new HashMap<>();

    private final List<GradientNode> gradients = new ArrayList<>();

    private GraphImporter(OnnxGraph source, ImportOptions options, InputShapes shapes, Map<String, Shape> single) {
        this.source = source;
        builder = Graph.builder(source.name());
        UniqueNames valueNames = new UniqueNames();
        source.inputs().forEach(input -> valueNames.reserve(input.name()));
        source.initialisers().keySet().forEach(valueNames::reserve);
        source.nodes().forEach(node -> node.getOutputList().forEach(valueNames::reserve));
        writer = new GraphWriter(builder, valueNames);
        defineInputs(options, shapes);
        Optional<Rebatching> rebatching = shapes.literalBatch().isPresent()
                ? Optional.of(new Rebatching(shapes.literalBatch().getAsLong(), single))
                : Optional.empty();
        ValueTypes types = new ValueTypes(source.types());
        state = new ImportState(new Folding(), source.external(), rebatching, types, options.trace());
    }

    /// @throws CompileException if the network is not valid or not supported
    public static Graph run(OnnxGraph source, ImportOptions options) {
        SupportedNodes.require(source);
        InputShapes shapes = InputShapes.bind(source, options);
        if (options.batch().isEmpty()) {
            return new GraphImporter(source, options, shapes, Map.of()).run();
        }
        ImportOptions alone = options.single(shapes.leading());
        GraphImporter single = new GraphImporter(source, alone, InputShapes.bind(source, alone), Map.of());
        single.run();
        Graph graph = new GraphImporter(source, options, shapes, single.shapes()).run();
        requireBatch(graph, new Rebatching(options.batch().getAsLong(), single.shapes()));
        return graph;
    }

    private Graph run() {
        source.nodes().forEach(this::translate);
        return finish();
    }

    private Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new HashMap<>();
        scope.forEach((name, operand) -> shapes.put(name, operand.type().shape()));
        return shapes;
    }

    /// Shapes that are written into a model can make one image of several.
    private static void requireBatch(Graph graph, Rebatching batch) {
        for (Value output : graph.outputs()) {
            Shape shape = output.type().shape();
            if (!graph.isOpen(output) && !batch.hasGrown(output.name(), shape)) {
                throw new CompileException(
                        Code.ONNX_DYNAMIC,
                        "output " + output.name(),
                        "has shape " + batch.single().get(output.name()) + " for a batch of 1 but " + shape + " for "
                                + batch.batch(),
                        "a shape in the model is written for one batch only; export it with an open batch");
            }
        }
    }

    private void defineInputs(ImportOptions options, InputShapes shapes) {
        for (Port input : source.inputs()) {
            Tensor constant = options.constants().get(input.name());
            ElementType element = DataType.computed(input.element());
            if (constant == null) {
                TensorType type = new TensorType(element, shapes.of(input)).requireComputable("input " + input.name());
                define(input.name(), writer.input(input.name(), type), "input");
                continue;
            }
            Tensor computed =
                    constant.converted(DataType.computed(constant.type().element()));
            Declaration.check(input, computed.type(), "constant for input " + input.name(), false);
            define(input.name(), new Operand.Known(Optional.of(input.name()), computed), "input");
        }
        source.initialisers().forEach((name, tensor) -> {
            define(name, new Operand.Known(Optional.of(name), tensor), "initialiser");
            source.declared()
                    .getOrDefault(name, List.of())
                    .forEach(declared -> Declaration.check(declared, tensor.type(), "initialiser " + name, false));
        });
    }

    private void define(String name, Operand operand, String place) {
        if (scope.putIfAbsent(name, operand) != null || absent.containsKey(name)) {
            throw definedTwice(name, place);
        }
    }

    private void reserve(String name, GradientNode gradient) {
        if (scope.containsKey(name) || absent.putIfAbsent(name, "a gradient of " + gradient.place()) != null) {
            throw definedTwice(name, gradient.place());
        }
    }

    private static CompileException definedTwice(String name, String place) {
        return new CompileException(
                Code.GRAPH_DUPLICATE,
                place,
                "defines '" + name + "', which is defined already",
                "every value of a network has a name of its own");
    }

    private void translate(NodeProto proto) {
        if (GradientNode.isOne(proto)) {
            GradientNode gradient = GradientNode.of(proto);
            gradients.add(gradient);
            gradient.outputs().stream()
                    .filter(output -> !output.isEmpty())
                    .forEach(output -> reserve(output, gradient));
            return;
        }
        String ownName = proto.getName().isEmpty()
                ? proto.getOutputList().stream().findFirst().orElse(proto.getOpType())
                : proto.getName();
        String name = writer.nodeName(ownName.isEmpty() ? proto.getOpType() : ownName);
        String place = name + " (" + proto.getOpType() + ", opset " + source.opset() + ")";
        Attributes attributes = new Attributes(place, proto.getAttributeList());
        if (source.opset() < 6) {
            // A hint about memory that the first opsets had on many operators.
            attributes.ignore("consumed_inputs");
        }
        List<Optional<Operand>> inputs =
                proto.getInputList().stream().map(input -> find(input, place)).toList();
        OnnxNode node = new OnnxNode(
                place, source.opset(), attributes, proto.getInputList(), inputs, proto.getOutputList(), state);
        Row row = OperatorTable.find(
                OperatorTable.name(proto.getDomain(), proto.getOpType()), source.opset(), place);
        row.requireOutputs(proto.getOutputList(), place);
        List<Operand> results = row.translation().of(node);
        node.requireAllAsked();
        for (int i = 0; i < proto.getOutputCount(); i++) {
            String output = proto.getOutput(i);
            if (i >= results.size() && !output.isEmpty()) {
                if (scope.containsKey(output) || absent.putIfAbsent(output, "output " + i + " of " + place) != null) {
                    throw definedTwice(output, place);
                }
            } else if (!output.isEmpty()) {
                String ownNode = i == 0 ? name : writer.nodeName(name);
                define(output, named(results.get(i), ownNode, output, names(results, i, proto)), place);
                node.inheritType(i, results.get(i).type().element());
                check(output, place);
            }
        }
    }

    /// Empty if the name is, which stands for an operand that is left out.
    private Optional<Operand> find(String name, String place) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Operand operand = scope.get(name);
        if (operand != null) {
            return Optional.of(operand);
        }
        if (absent.containsKey(name)) {
            throw new CompileException(
                    Code.ONNX_OPERATOR, place, "reads " + absent.get(name) + ", which is not supported", null);
        }
        throw new CompileException(
                Code.GRAPH_UNKNOWN_VALUE,
                place,
                "reads '" + name + "', which no input, initialiser or node defines",
                NearestNames.hint(name, scope.keySet()).orElse(null));
    }

    /// The names that the file has for all that the node of a result yields.
    private static List<String> names(List<Operand> results, int result, NodeProto proto) {
        if (!(results.get(result) instanceof Operand.Draft wanted)) {
            return List.of(proto.getOutput(result));
        }
        Operand.Application application = wanted.application();
        List<String> names =
                new ArrayList<>(Collections.nCopies(application.types().size(), ""));
        for (int i = 0; i < Math.min(results.size(), proto.getOutputCount()); i++) {
            if (results.get(i) instanceof Operand.Draft draft
                    && draft.application() == application
                    && names.get(draft.output()).isEmpty()) {
                names.set(draft.output(), proto.getOutput(i));
            }
        }
        return names;
    }

    /// Gives an operand the name that the file has for it.
    ///
    /// @param names of all that its node yields
    private Operand named(Operand operand, String nodeName, String output, List<String> names) {
        return switch (operand) {
            case Operand.Known known -> new Operand.Known(Optional.of(output), known.tensor());
            case Operand.Draft draft -> {
                if (!writer.isWritten(draft)) {
                    yield writer.node(draft, nodeName, names);
                }
                Operand.Computed written = writer.written(draft);
                yield written.value().name().equals(output)
                        ? written
                        : writer.node(copy(draft), nodeName, List.of(output));
            }
            case Operand.Computed computed -> writer.node(copy(computed), nodeName, List.of(output));
        };
    }

    private static Operand.Draft copy(Operand operand) {
        return new Operand.Draft(new Identity(), List.of(operand), operand.type());
    }

    private void check(String output, String place) {
        Operand operand = scope.get(output);
        for (Port declared : source.declared().getOrDefault(output, List.of())) {
            if (operand != null) {
                Declaration.check(
                        declared,
                        operand.type(),
                        place,
                        state.rebatching().isPresent() || operand.isOpen());
            }
        }
    }

    private Graph finish() {
        if (!gradients.isEmpty()) {
            return withGradients();
        }
        for (Port output : source.outputs()) {
            output(output);
        }
        return builder.build();
    }

    private void output(Port output) {
        String place = "output " + output.name();
        Operand operand = find(output.name(), place).orElseThrow();
        check(output.name(), place);
        builder.output(writer.value(operand, output.name(), output.name()));
    }

    /// The network as if its Gradient nodes were not there, and then differentiated.
    private Graph withGradients() {
        Map<String, Value> values = new HashMap<>();
        scope.forEach((name, operand) -> values.put(name, writer.value(operand, name, name)));
        for (Port output : source.outputs()) {
            if (gradients.stream().noneMatch(gradient -> gradient.yields(output.name()))) {
                output(output);
            }
        }
        for (GradientNode gradient : gradients) {
            // Of a network that has no other output, what is differentiated is one until the gradients are there.
            builder.output(gradient.differentiatedValue(values));
        }
        Graph graph = builder.build();
        for (GradientNode gradient : gradients) {
            graph = gradient.differentiated(graph, values, values);
        }
        List<Value> outputs = source.outputs().stream()
                .map(output -> Objects.requireNonNull(values.get(output.name()), output.name()))
                .toList();
        Graph whole = new Graph(graph.name(), graph.inputs(), graph.constants(), graph.nodes(), outputs);
        Verifier.verify(whole);
        return whole;
    }
}
