package dev.sinter.frontend.onnx.file;

import dev.sinter.frontend.onnx.proto.NodeProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;

/// Nodes in an order in which each comes after what it reads. A file that is in such an order, as it should be, keeps
/// it.
final class NodeOrder {
    private static final int MOST_SHOWN = 10;

    private NodeOrder() {}

    /// @param place what messages call the network
    /// @throws CompileException if there is a cycle
    static List<NodeProto> sorted(List<NodeProto> nodes, String place) {
        Map<String, Integer> producers = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            for (String output : nodes.get(i).getOutputList()) {
                if (!output.isEmpty()) {
                    producers.putIfAbsent(output, i);
                }
            }
        }
        List<Set<String>> reads = nodes.stream().map(Subgraph::readBy).toList();
        int[] missing = new int[nodes.size()];
        List<List<Integer>> readers = new ArrayList<>();
        nodes.forEach(_ -> readers.add(new ArrayList<>()));
        for (int i = 0; i < nodes.size(); i++) {
            for (String input : reads.get(i)) {
                Integer producer = producers.get(input);
                if (producer != null) {
                    missing[i]++;
                    readers.get(producer).add(i);
                }
            }
        }
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int i = 0; i < missing.length; i++) {
            if (missing[i] == 0) {
                ready.add(i);
            }
        }
        List<NodeProto> sorted = new ArrayList<>();
        while (!ready.isEmpty()) {
            int next = ready.remove();
            sorted.add(nodes.get(next));
            for (int reader : readers.get(next)) {
                if (--missing[reader] == 0) {
                    ready.add(reader);
                }
            }
        }
        if (sorted.size() < nodes.size()) {
            throw cycle(nodes, producers, missing, place);
        }
        return sorted;
    }

    /// Walks backwards from a node that waits for ever until it meets one again.
    private static CompileException cycle(
            List<NodeProto> nodes, Map<String, Integer> producers, int[] missing, String place) {
        int at = 0;
        while (missing[at] == 0) {
            at++;
        }
        Set<Integer> met = new LinkedHashSet<>();
        while (met.add(at)) {
            at = Subgraph.readBy(nodes.get(at)).stream()
                    .map(producers::get)
                    .filter(producer -> producer != null && missing[producer] > 0)
                    .findFirst()
                    .orElseThrow();
        }
        List<Integer> path = new ArrayList<>(met);
        List<Integer> round = path.subList(path.indexOf(at), path.size()).reversed();
        String shown =
                round.stream().limit(MOST_SHOWN).map(i -> label(nodes.get(i))).collect(Collectors.joining(" -> "));
        return new CompileException(
                Code.GRAPH_CYCLE,
                place,
                "these nodes feed each other in a circle: " + shown
                        + (round.size() > MOST_SHOWN ? " -> … (" + round.size() + " nodes)" : ""),
                null);
    }

    private static String label(NodeProto node) {
        String name = node.getName().isEmpty() ? String.join(", ", node.getOutputList()) : node.getName();
        return name + " (" + node.getOpType() + ")";
    }
}
