package dev.sinter.ir.graph;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.op.CustomOp;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.type.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Graphs as IR text, which [GraphParser] reads. The graph need not be valid: a pass that broke one can be looked at.
public final class GraphPrinter {
    /// The first line of every text; another version is another language.
    static final String FORMAT = "sinter.graph";

    static final String VERSION = "1";

    /// What is printed of constants that are too long for a line.
    public enum Constants {
        /// All of it: the text is the graph, bit for bit.
        COMPLETE,
        /// Nothing, for people; such a text cannot be parsed.
        ELIDED
    }

    private final Constants constants;
    private final Appendable out;

    private GraphPrinter(Constants constants, Appendable out) {
        this.constants = constants;
        this.out = out;
    }

    /// The whole graph, which parses to the same graph again.
    public static String print(Graph graph) {
        return print(graph, Constants.COMPLETE);
    }

    public static String print(Graph graph, Constants constants) {
        StringBuilder text = new StringBuilder();
        try {
            print(graph, constants, text);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /// Prints piece by piece, for graphs whose weights would not fit a string.
    public static void print(Graph graph, Constants constants, Appendable out) throws IOException {
        new GraphPrinter(constants, out).write(graph);
    }

    /// One node as one line of the text.
    public static String print(Node node) {
        Op op = node.op();
        OpForm form = form(node);
        StringBuilder line = new StringBuilder(
                node.outputs().stream().map(GraphPrinter::definition).collect(Collectors.joining(", ")));
        line.append(" = ")
                .append(form.mnemonic())
                .append('(')
                .append(references(node.inputs()))
                .append(')');
        Map<String, Object> values = form.read(op);
        form.attributes()
                .forEach((name, type) -> line.append(' ')
                        .append(name)
                        .append('=')
                        .append(type.print(Objects.requireNonNull(values.get(name)))));
        if (node.outputs().isEmpty() || !node.output().name().equals(node.name())) {
            line.append(" @").append(Names.text(node.name()));
        }
        return line.toString();
    }

    private static OpForm form(Node node) {
        Op op = node.op();
        if (!(op instanceof CustomOp)) {
            return OpCatalog.standard().form(op.mnemonic()).orElseThrow();
        }
        try {
            return OpForm.of(op.mnemonic(), op.getClass());
        } catch (IllegalArgumentException formless) {
            throw new CompileException(
                    Code.ATTRIBUTE, node.label(), String.valueOf(formless.getMessage()), null, formless);
        }
    }

    private void write(Graph graph) throws IOException {
        out.append(FORMAT).append(' ').append(VERSION).append('\n');
        out.append("graph ").append(Names.word(graph.name())).append(" {\n");
        for (Value input : graph.inputs()) {
            out.append("  ").append(definition(input)).append(" = input\n");
        }
        for (Map.Entry<Value, Tensor> constant : graph.constants().entrySet()) {
            out.append("  ").append(definition(constant.getKey())).append(" = constant ");
            ConstantText.print(constant.getValue(), constants, out);
            out.append('\n');
        }
        for (Node node : graph.nodes()) {
            out.append("  ").append(print(node)).append('\n');
        }
        out.append("  return ").append(references(graph.outputs())).append("\n}\n");
    }

    private static String definition(Value value) {
        return "%" + Names.text(value.name()) + ": " + value.type();
    }

    private static String references(List<Value> values) {
        return values.stream().map(value -> "%" + Names.text(value.name())).collect(Collectors.joining(", "));
    }
}
