package dev.sinter.tests.operator;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.op.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/// A small network that shows one thing.
///
/// @param name unique among all samples, of letters, digits and underscores
@NullMarked
public record Sample(String name, Graph graph) {
    @Override
    public String toString() {
        return name;
    }

    /// The operators in it.
    Set<Op> operators() {
        return graph.nodes().stream().map(node -> node.op()).collect(Collectors.toSet());
    }

    /// A network written as statements of IR text.
    static Sample of(String name, String statements) {
        return new Sample(
                name, GraphParser.parse("sinter.graph 1\ngraph " + name + " {\n" + statements + "\n}\n", name));
    }

    /// One operator.
    ///
    /// @param attributes as in IR text
    static Sample of(String name, String mnemonic, String attributes, Operand... operands) {
        StringBuilder statements = new StringBuilder();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < operands.length; i++) {
            String operand = "%operand" + i;
            names.add(operand);
            statements.append(operand).append(": ").append(operands[i].text(i)).append('\n');
        }
        statements
                .append("%y = ")
                .append(mnemonic)
                .append('(')
                .append(String.join(", ", names))
                .append(") ");
        return of(name, statements + attributes + "\nreturn %y");
    }

    /// What an operator reads.
    @FunctionalInterface
    interface Operand {
        /// Its type, and where its elements come from.
        String text(long seed);
    }

    /// An input of the network.
    static Operand x(int... dims) {
        return _ -> "f32" + shape(dims) + " = input";
    }

    /// A constant, such as weights.
    static Operand w(int... dims) {
        return seed -> "f32" + shape(dims) + " = constant random " + seed;
    }

    /// A constant far enough above zero to divide by.
    static Operand positive(int... dims) {
        return seed -> "f32" + shape(dims) + " = constant random " + seed + " uniform 0.5 1.5";
    }

    private static String shape(int... dims) {
        return java.util.Arrays.toString(dims).replace(" ", "");
    }
}
