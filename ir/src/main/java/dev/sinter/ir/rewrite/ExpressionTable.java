package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What has been computed so far, to be found again when it is computed once more.
///
/// Constants of few bytes are the same if their bits are; large ones only if they are one tensor, since comparing all
/// weights of a network would take longer than it gains.
final class ExpressionTable {
    private static final long COMPARED_BYTES = 1 << 16;

    private final Map<Object, Value> constants = new HashMap<>();
    private final Map<Expression, Node> nodes = new HashMap<>();

    private record Content(TensorType type, ByteBuffer bits) {}

    private record Expression(Op op, List<Value> inputs) {}

    /// The constant that was entered before and is the same; if there is none, this one is entered.
    Optional<Value> earlier(Value value, Tensor tensor) {
        Object content = tensor.type().bytes() <= COMPARED_BYTES
                ? new Content(tensor.type(), ByteBuffer.wrap(tensor.data().toArray(ValueLayout.JAVA_BYTE)))
                : tensor;
        return Optional.ofNullable(constants.putIfAbsent(content, value));
    }

    /// The node that was entered before and computes the same; if there is none, this one is entered.
    ///
    /// @param inputs the node's, each by the value that stands for all that are the same
    Optional<Node> earlier(Node node, List<Value> inputs) {
        Node earlier = nodes.putIfAbsent(new Expression(node.op(), inputs), node);
        if (earlier == null && commutes(node.op())) {
            earlier = nodes.get(new Expression(node.op(), inputs.reversed()));
        }
        return Optional.ofNullable(earlier).filter(other -> other != node);
    }

    private static boolean commutes(Op op) {
        return op instanceof Binary(var kind) && (kind == Binary.Kind.ADD || kind == Binary.Kind.MUL);
    }
}
