package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Binary;
import java.util.Optional;
import java.util.function.DoublePredicate;

/// Takes away arithmetic with a constant that changes no bit: x · 1, x / 1, x - 0, x ^ 1, max(x, -infinity) and
/// min(x, infinity).
///
/// In floating point x + 0 stays, since it makes a zero of a negative zero; x + (-0) and x - 0 go.
public record RemoveNeutralOperands() implements Rule {
    @Override
    public String name() {
        return "remove-neutral";
    }

    @Override
    public Optional<Patch> apply(Graph graph, Node node) {
        if (!(node.op() instanceof Binary(var kind))) {
            return Optional.empty();
        }
        if (isNeutral(graph, kind, node, 1)) {
            return Optional.of(Patch.forward(node.output(), node.input(0)));
        }
        if (commutes(kind) && isNeutral(graph, kind, node, 0)) {
            return Optional.of(Patch.forward(node.output(), node.input(1)));
        }
        return Optional.empty();
    }

    private static boolean isNeutral(Graph graph, Binary.Kind kind, Node node, int operand) {
        Value other = node.input(1 - operand);
        // A neutral constant may still stretch the other operand.
        if (!node.output().type().equals(other.type())) {
            return false;
        }
        DoublePredicate neutral = neutral(kind, other.type().element().isFloating());
        return graph.constant(node.input(operand))
                .filter(constant -> constant.allMatch(neutral))
                .isPresent();
    }

    private static boolean commutes(Binary.Kind kind) {
        return switch (kind) {
            case ADD, MUL, MAX, MIN -> true;
            case SUB, DIV, POW -> false;
        };
    }

    private static DoublePredicate neutral(Binary.Kind kind, boolean floating) {
        return switch (kind) {
            case ADD -> floating ? RemoveNeutralOperands::isNegativeZero : constant -> constant == 0;
            case SUB -> constant -> constant == 0 && !isNegativeZero(constant);
            case MUL, DIV, POW -> constant -> constant == 1;
            case MAX -> constant -> constant == Double.NEGATIVE_INFINITY;
            case MIN -> constant -> constant == Double.POSITIVE_INFINITY;
        };
    }

    private static boolean isNegativeZero(double value) {
        return value == 0 && 1 / value < 0;
    }
}
