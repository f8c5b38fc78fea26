package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Computes once what was computed several times: nodes of equal operators that read the same values. Constants of few
/// bytes are the same if their bits are; large ones only if they are one tensor, since comparing all weights of a
/// network would take longer than it gains.
public record EliminateCommonSubexpressions() implements Pass {
    private static final long COMPARED_BYTES = 1 << 16;

    private record Expression(Op op, List<Value> inputs) {}

    private record Content(TensorType type, ByteBuffer bits) {}

    @Override
    public String name() {
        return "eliminate-common";
    }

    @Override
    public Graph apply(Graph graph) {
        Rewrite rewrite = new Rewrite(graph);
        mergeConstants(graph, rewrite);
        Map<Expression, Node> computed = new HashMap<>();
        for (Node node : graph.nodes()) {
            List<Value> inputs = node.inputs().stream().map(rewrite::resolve).toList();
            Optional<Node> earlier = Optional.ofNullable(computed.get(new Expression(node.op(), inputs)));
            if (earlier.isEmpty() && commutes(node.op())) {
                earlier = Optional.ofNullable(computed.get(new Expression(node.op(), inputs.reversed())));
            }
            if (earlier.isEmpty() || !rewrite.replace(node, sameAs(node, earlier.get()))) {
                computed.putIfAbsent(new Expression(node.op(), inputs), node);
            }
        }
        return rewrite.finish();
    }

    private static void mergeConstants(Graph graph, Rewrite rewrite) {
        Map<Object, Value> known = new HashMap<>();
        graph.constants().forEach((value, tensor) -> {
            Object content = tensor.type().bytes() <= COMPARED_BYTES ? content(tensor) : tensor;
            Value earlier = known.putIfAbsent(content, value);
            if (earlier != null) {
                rewrite.merge(value, earlier);
            }
        });
    }

    private static Content content(Tensor tensor) {
        return new Content(tensor.type(), ByteBuffer.wrap(tensor.data().toArray(ValueLayout.JAVA_BYTE)));
    }

    private static boolean commutes(Op op) {
        return op instanceof Binary(var kind) && (kind == Binary.Kind.ADD || kind == Binary.Kind.MUL);
    }

    private static Patch sameAs(Node node, Node earlier) {
        Map<Value, Value> same = new LinkedHashMap<>();
        for (int i = 0; i < node.outputs().size(); i++) {
            same.put(node.outputs().get(i), earlier.outputs().get(i));
        }
        return new Patch(List.of(), Map.of(), same);
    }
}
