package dev.sinter.frontend.onnx.importing;

import dev.sinter.frontend.onnx.file.Attributes;
import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.frontend.onnx.file.Declaration;
import dev.sinter.frontend.onnx.file.OnnxGraph;
import dev.sinter.frontend.onnx.file.Subgraph;
import dev.sinter.frontend.onnx.node.Folding;
import dev.sinter.frontend.onnx.node.ImportState;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.frontend.onnx.node.Rebatching;
import dev.sinter.frontend.onnx.node.ValueTypes;
import dev.sinter.frontend.onnx.operator.OperatorTable;
import dev.sinter.frontend.onnx.operator.Row;
import dev.sinter.frontend.onnx.proto.GraphProto;
import dev.sinter.frontend.onnx.proto.NodeProto;
import dev.sinter.frontend.port.Port;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.UniqueNames;
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
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Makes a graph of an ONNX network, node by node in order.
public final class GraphImporter {
    private static final long MOST_DIFFERENTIATED = 20_000;
    /// How many nodes of graphs inside nodes one import writes: a nest of loops can ask for any number.
    private static final long MOST_INLINED = 1 << 17;

    private final OnnxGraph source;
    private final Graph.Builder builder;
    private final GraphWriter writer;
    private ImportState state;
    private Scope scope = Scope.ofNetwork();
    private final List<GradientNode> gradients = new ArrayList<>();
    private final Map<GraphProto, Subgraph> subgraphs = new IdentityHashMap<>();
    private long inlined;

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
        state = new ImportState(new Folding(source.elements()), source.external(), rebatching, types, options.trace());
    }

    /// @throws CompileException if the network is not valid or not supported
    public static Graph run(OnnxGraph source, ImportOptions options) {
        SupportedNodes.require(source.nodes(), source.opset());
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
        scope.operands()
                .forEach((name, operand) -> shapes.put(name, operand.type().shape()));
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
                scope.define(input.name(), writer.input(input.name(), type), "input");
                continue;
            }
            Tensor computed =
                    constant.converted(DataType.computed(constant.type().element()));
            Declaration.check(input, computed.type(), "constant for input " + input.name(), false);
            scope.define(input.name(), new Operand.Known(Optional.of(input.name()), computed), "input");
        }
        source.initialisers().forEach((name, tensor) -> {
            scope.define(name, new Operand.Known(Optional.of(name), tensor), "initialiser");
            source.declared()
                    .getOrDefault(name, List.of())
                    .forEach(declared -> Declaration.check(declared, tensor.type(), "initialiser " + name, false));
        });
    }

    /// Each differentiates the whole network, with the gradients before it.
    private void requireFewGradients(GradientNode gradient) {
        long work = (long) gradients.size() * source.nodes().size();
        if (gradients.size() > 1 && work > MOST_DIFFERENTIATED) {
            throw new CompileException(
                    Code.ONNX_OPERATOR,
                    gradient.place(),
                    "is gradient number " + gradients.size() + " of a network of "
                            + source.nodes().size() + " nodes but at most " + MOST_DIFFERENTIATED
                            + " nodes are differentiated, each as often as there are gradients",
                    "name all variables in one");
        }
    }

    private void translate(NodeProto proto) {
        if (GradientNode.isOne(proto)) {
            GradientNode gradient = GradientNode.of(proto);
            gradients.add(gradient);
            requireFewGradients(gradient);
            gradient.outputs().stream()
                    .filter(output -> !output.isEmpty())
                    .forEach(output ->
                            scope.defineAbsent(output, "a gradient of " + gradient.place(), gradient.place()));
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
                place,
                source.opset(),
                attributes,
                proto.getInputList(),
                inputs,
                proto.getOutputList(),
                state,
                this::inline);
        Row row = OperatorTable.find(OperatorTable.name(proto.getDomain(), proto.getOpType()), source.opset(), place);
        row.requireOutputs(proto.getOutputList(), place);
        List<Operand> results = RuntimeImport.of(proto, row, node, scope.isOfNetwork() ? source.declared() : Map.of())
                .orElseGet(() -> translated(row, node));
        List<String> own = proto.getOutputList().stream().map(this::valueName).toList();
        for (int i = 0; i < proto.getOutputCount(); i++) {
            String output = proto.getOutput(i);
            if (i >= results.size() && !output.isEmpty()) {
                scope.defineAbsent(output, "output " + i + " of " + place, place);
            } else if (!output.isEmpty()) {
                String ownNode = i == 0 ? name : writer.nodeName(name);
                scope.define(output, named(results.get(i), ownNode, own.get(i), names(results, i, own)), place);
                node.inheritType(i, results.get(i).type().element());
                check(output, place);
            }
        }
    }

    private static List<Operand> translated(Row row, OnnxNode node) {
        List<Operand> results = row.translation().of(node);
        node.requireAllAsked();
        return results;
    }

    /// What the value is called that has this name in the graph at hand.
    private String valueName(String output) {
        return scope.isOfNetwork() || output.isEmpty() ? output : writer.valueName(output);
    }

    /// Empty if the name is, which stands for an operand that is left out.
    private Optional<Operand> find(String name, String place) {
        return name.isEmpty() ? Optional.empty() : Optional.of(scope.find(name, place));
    }

    private List<Operand> inline(GraphProto proto, List<Operand> arguments, String place) {
        Subgraph graph = subgraph(proto, place);
        if (graph.inputs().size() != arguments.size()) {
            throw new CompileException(
                    Code.OPERANDS,
                    place,
                    "gives its graph " + arguments.size() + " inputs but that takes "
                            + graph.inputs().size(),
                    null);
        }
        Scope around = scope;
        ImportState stateAround = state;
        scope = around.inner();
        state = stateAround.with(stateAround.types().inner(graph.types()));
        try {
            for (int i = 0; i < arguments.size(); i++) {
                scope.define(graph.inputs().get(i), arguments.get(i), place);
            }
            graph.initialisers()
                    .forEach((name, tensor) -> scope.define(name, new Operand.Known(Optional.empty(), tensor), place));
            graph.nodes().forEach(node -> inlineNode(node, place));
            return graph.outputs().stream().map(name -> scope.find(name, place)).toList();
        } finally {
            scope = around;
            state = stateAround;
        }
    }

    /// A loop writes its graph out again and again.
    private Subgraph subgraph(GraphProto proto, String place) {
        Subgraph known = subgraphs.get(proto);
        if (known != null) {
            return known;
        }
        Subgraph graph = Subgraph.of(proto, place, source.external());
        SupportedNodes.require(graph.nodes(), source.opset());
        subgraphs.put(proto, graph);
        return graph;
    }

    private void inlineNode(NodeProto node, String place) {
        if (++inlined > MOST_INLINED) {
            throw new CompileException(
                    Code.ONNX_OPERATOR,
                    place,
                    "makes a network of more than " + MOST_INLINED + " nodes, as its graph is written out each time",
                    "run loops of many iterations outside the network");
        }
        translate(node);
    }

    /// The names that the file has for all that the node of a result yields.
    private static List<String> names(List<Operand> results, int result, List<String> own) {
        if (!(results.get(result) instanceof Operand.Draft wanted)) {
            return List.of(own.get(result));
        }
        Operand.Application application = wanted.application();
        if (application.types().size() == 1) {
            return List.of(own.get(result));
        }
        List<String> names =
                new ArrayList<>(Collections.nCopies(application.types().size(), ""));
        for (int i = 0; i < Math.min(results.size(), own.size()); i++) {
            if (results.get(i) instanceof Operand.Draft draft
                    && draft.application() == application
                    && names.get(draft.output()).isEmpty()) {
                names.set(draft.output(), own.get(i));
            }
        }
        return names;
    }

    /// Gives an operand the name that the file has for it.
    ///
    /// @param names of all that its node yields
    private Operand named(Operand operand, String nodeName, String output, List<String> names) {
        return switch (operand) {
            // In a graph that is written several times, its names are those of several values.
            case Operand.Known known ->
                new Operand.Known(scope.isOfNetwork() ? Optional.of(output) : Optional.empty(), known.tensor());
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
        if (!scope.isOfNetwork()) {
            return;
        }
        Operand operand = scope.find(output, place);
        for (Port declared : source.declared().getOrDefault(output, List.of())) {
            Declaration.check(
                    declared, operand.type(), place, state.rebatching().isPresent() || operand.isOpen());
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
        scope.operands().forEach((name, operand) -> values.put(name, writer.value(operand, name, name)));
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
