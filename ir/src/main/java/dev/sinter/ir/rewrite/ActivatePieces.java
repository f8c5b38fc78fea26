package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Clip;
import dev.sinter.ir.op.Concat;
import dev.sinter.ir.op.LeakyRelu;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.Unary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Applies an activation to the pieces of a concatenation and not to the whole: it then is part of the kernels that
/// compute the pieces, and these may be written where the whole is to be.
public record ActivatePieces() implements Rule {
    @Override
    public String name() {
        return "activate-pieces";
    }

    @Override
    public Optional<Patch> apply(Graph graph, Node node) {
        return isActivation(node.op())
                ? graph.producer(node.input(0))
                        .filter(concat -> concat.op() instanceof Concat && isOnlyReadHere(graph, concat.output()))
                        .filter(concat -> concat.inputs().stream().allMatch(piece -> isFused(graph, piece)))
                        .map(concat -> onPieces(node, concat))
                : Optional.empty();
    }

    private static boolean isActivation(Op op) {
        return op instanceof Unary || op instanceof Clip || op instanceof LeakyRelu;
    }

    private static boolean isFused(Graph graph, Value piece) {
        boolean inKernel = graph.producer(piece)
                .filter(producer -> switch (producer.op().role()) {
                    case ELEMENTWISE, CONTRACTION, WINDOW, MOVEMENT ->
                        producer.outputs().size() == 1;
                    case WHOLE, RESHAPE -> false;
                })
                .filter(producer -> !producer.op().runsOnHost())
                .isPresent();
        return inKernel && isOnlyReadHere(graph, piece);
    }

    private static boolean isOnlyReadHere(Graph graph, Value value) {
        return graph.hasOneUse(value) && !graph.isOutput(value);
    }

    private static Patch onPieces(Node node, Node concat) {
        List<Node> nodes = new ArrayList<>();
        List<Value> pieces = new ArrayList<>();
        for (Value piece : concat.inputs()) {
            Node own = Node.infer(piece.name() + "." + node.op().mnemonic(), node.op(), List.of(piece));
            nodes.add(own);
            pieces.add(own.output());
        }
        nodes.add(new Node(node.name(), concat.op(), pieces, node.outputs()));
        return Patch.replace(nodes.toArray(Node[]::new));
    }
}
