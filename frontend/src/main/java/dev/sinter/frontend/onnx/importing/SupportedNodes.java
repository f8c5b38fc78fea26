package dev.sinter.frontend.onnx.importing;

import dev.sinter.frontend.onnx.file.AttributeType;
import dev.sinter.frontend.onnx.file.Opset;
import dev.sinter.frontend.onnx.file.Subgraph;
import dev.sinter.frontend.onnx.operator.OperatorTable;
import dev.sinter.frontend.onnx.proto.NodeProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.NearestNames;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Looks for operators that cannot be imported before any work is done, so that a user learns of all at once.
final class SupportedNodes {
    private static final int GRAPHS = 10;
    private static final String BRANCHES = "If";

    private SupportedNodes() {}

    /// @throws CompileException at the first node with such an operator; its hint names the others
    static void require(List<NodeProto> graph, long opset) {
        List<NodeProto> nodes = all(graph).toList();
        SortedSet<String> missing = nodes.stream()
                .filter(node -> !isKnown(node))
                .map(SupportedNodes::label)
                .collect(Collectors.toCollection(TreeSet::new));
        for (NodeProto node : nodes) {
            if (!isKnown(node)) {
                throw unsupported(opset, node, missing);
            }
        }
    }

    /// Nodes and those of their graphs, but for branches: one that is not taken may have anything.
    private static Stream<NodeProto> all(List<NodeProto> nodes) {
        return nodes.stream()
                .flatMap(node -> Stream.concat(
                        Stream.of(node),
                        node.getOpType().equals(BRANCHES)
                                ? Stream.empty()
                                : Subgraph.of(node).flatMap(graph -> all(graph.getNodeList()))));
    }

    private static boolean isKnown(NodeProto node) {
        return GradientNode.isOne(node) || OperatorTable.knows(label(node));
    }

    private static String label(NodeProto node) {
        return OperatorTable.name(node.getDomain(), node.getOpType());
    }

    private static CompileException unsupported(long opset, NodeProto node, SortedSet<String> missing) {
        String fact = "operator '" + label(node) + "' is not supported";
        String hint = null;
        if (!Opset.isStandard(node.getDomain())) {
            fact = fact + ": of other domains than ai.onnx only few are, and this one of domain " + node.getDomain()
                    + " is not among them";
            hint = "if it is a function of the model's own, inline it";
        } else if (hasSubgraph(node)) {
            fact = fact + ": it runs a graph of its own";
            hint = "export the model without control flow";
        } else if (node.getOpType().isEmpty()) {
            fact = "has no operator";
        } else {
            hint = NearestNames.hint(node.getOpType(), OperatorTable.names()).orElse(null);
        }
        if (missing.size() > 1) {
            String others = "the model needs all of " + String.join(", ", missing);
            hint = hint == null ? others : hint + "; " + others;
        }
        String name = node.getName().isEmpty()
                ? node.getOutputList().stream().findFirst().orElse("a node")
                : node.getName();
        return new CompileException(
                Code.ONNX_OPERATOR, name + " (" + label(node) + ", opset " + opset + ")", fact, hint);
    }

    private static boolean hasSubgraph(NodeProto node) {
        return node.getAttributeList().stream()
                .anyMatch(attribute -> attribute.hasG()
                        || attribute.getGraphsCount() > 0
                        || attribute.getType() == AttributeType.GRAPH.number()
                        || attribute.getType() == GRAPHS);
    }
}
