package dev.sinter.frontend;

import dev.sinter.frontend.named.InputFile;
import dev.sinter.frontend.named.InputName;
import dev.sinter.frontend.port.Dimension;
import dev.sinter.frontend.port.Port;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.MemoryLimit;
import dev.sinter.ir.file.TextFile;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A model from IR text, in which every shape is concrete.
record TextModel(Graph graph) implements Model {
    private static final byte[] FIRST_WORD = "sinter.graph".getBytes(StandardCharsets.UTF_8);

    static boolean isText(Path file) {
        if (String.valueOf(file.getFileName()).endsWith(".sir")) {
            return true;
        }
        return Arrays.equals(InputFile.open(file).head(FIRST_WORD.length), FIRST_WORD);
    }

    static TextModel read(Path path) {
        InputFile file = InputFile.open(path);
        MemoryLimit.require(file.bytes(), path.toString(), "the file");
        try {
            return new TextModel(GraphParser.parse(TextFile.read(file.path()), path.toString()));
        } catch (IOException fault) {
            throw InputFile.unreadable(path, fault);
        }
    }

    @Override
    public String name() {
        return graph.name();
    }

    @Override
    public List<Port> inputs() {
        return graph.inputs().stream().map(TextModel::port).toList();
    }

    @Override
    public List<Port> outputs() {
        return graph.outputs().stream().map(TextModel::port).toList();
    }

    private static Port port(Value value) {
        List<Dimension> dims = value.type().shape().dims().stream()
                .<Dimension>map(Dimension.Fixed::new)
                .toList();
        return new Port(value.name(), value.type().element(), Optional.of(dims));
    }

    @Override
    public OptionalLong opset() {
        return OptionalLong.empty();
    }

    @Override
    public Model withDimensions(Map<String, Long> bindings) {
        if (bindings.isEmpty()) {
            return this;
        }
        throw concrete("dimension " + bindings.keySet().iterator().next() + " cannot be bound");
    }

    @Override
    public Model withBatch(long batch) {
        boolean already = graph.inputs().stream()
                .map(input -> input.type().shape())
                .allMatch(shape -> shape.rank() > 0 && shape.dim(0) == batch);
        if (already) {
            return this;
        }
        throw concrete("the batch cannot be made " + batch);
    }

    private CompileException concrete(String fact) {
        return new CompileException(
                Code.OPTION, graph.name(), fact + ": in IR text every shape is concrete", "change the text");
    }

    @Override
    public Model withConstant(String input, Tensor value) {
        List<String> names = graph.inputs().stream().map(Value::name).toList();
        InputName.require(graph.name(), input, names);
        Value known = graph.inputs().get(names.indexOf(input));
        if (!value.type().equals(known.type())) {
            throw new CompileException(
                    Code.INPUT_SHAPE,
                    input,
                    "the constant is " + value.type() + " but the input is " + known.type(),
                    null);
        }
        List<Value> others = new ArrayList<>(graph.inputs());
        others.remove(known);
        Map<Value, Tensor> constants = new LinkedHashMap<>(graph.constants());
        constants.put(known, value);
        return new TextModel(new Graph(graph.name(), others, constants, graph.nodes(), graph.outputs()));
    }
}
