package dev.sinter.frontend.onnx;

import java.util.List;

/// One row of the operator table: an ONNX operator, the opsets in which it means this, and how it becomes operators of
/// the graph.
record Row(String name, long since, long until, Translation translation) {
    Row {
        if (since < 1 || until < since || until > Opset.NEWEST) {
            throw new IllegalArgumentException(name + " is said to exist from opset " + since + " to " + until);
        }
    }

    /// Makes the operands that the node's outputs stand for, in order.
    interface Translation {
        List<Operand> of(OnnxNode node);
    }

    /// Makes the operand that the node's only output stands for.
    interface Single {
        Operand of(OnnxNode node);
    }

    /// In every opset.
    static Row of(String name, Single translation) {
        return of(name, 1, translation);
    }

    static Row of(String name, long since, Single translation) {
        return of(name, since, Opset.NEWEST, translation);
    }

    static Row of(String name, long since, long until, Single translation) {
        return many(name, since, until, node -> List.of(translation.of(node)));
    }

    static Row many(String name, Translation translation) {
        return many(name, 1, Opset.NEWEST, translation);
    }

    static Row many(String name, long since, long until, Translation translation) {
        return new Row(name, since, until, translation);
    }
}
