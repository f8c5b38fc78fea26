package dev.sinter.training;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;

/// Writes arithmetic into a graph; the nodes are named after one prefix.
public final class Formula {
    private final Graph.Builder graph;
    private final String prefix;
    private int nodes;
    private int constants;

    Formula(Graph.Builder graph, String prefix) {
        this.graph = graph;
        this.prefix = prefix;
    }

    public Value plus(Value a, Value b) {
        return add(Binary.ADD, a, b);
    }

    public Value plus(Value a, double b) {
        return plus(a, constant(b, a));
    }

    public Value minus(Value a, Value b) {
        return add(new Binary(Binary.Kind.SUB), a, b);
    }

    public Value times(Value a, Value b) {
        return add(new Binary(Binary.Kind.MUL), a, b);
    }

    public Value times(Value a, double factor) {
        return factor == 1 ? a : times(a, constant(factor, a));
    }

    public Value over(Value a, Value b) {
        return add(new Binary(Binary.Kind.DIV), a, b);
    }

    /// a + factor · b.
    public Value plusScaled(Value a, Value b, double factor) {
        return factor == 0 ? a : plus(a, times(b, factor));
    }

    public Value sqrt(Value a) {
        return add(new Unary(Unary.Kind.SQRT), a);
    }

    Value add(Op op, Value... operands) {
        return graph.add(prefix + "." + op.mnemonic() + "_" + ++nodes, op, operands);
    }

    private Value constant(double value, Value like) {
        TensorType scalar = TensorType.of(like.type().element());
        return graph.constant(prefix + ".constant_" + ++constants, Tensor.filled(scalar, value));
    }
}
