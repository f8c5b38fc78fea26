package dev.sinter.frontend.onnx.importing;

import dev.sinter.frontend.onnx.file.UniqueNames;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Writes operands down as nodes and constants of a graph. Operands that no node reads leave no trace.
final class GraphWriter {
    private final Graph.Builder builder;
    private final UniqueNames valueNames;
    private final UniqueNames nodeNames = new UniqueNames();
    private final Map<Operand, Value> written = new IdentityHashMap<>();

    /// @param valueNames in which all names of the file are taken, so that names made up here differ from them
    GraphWriter(Graph.Builder builder, UniqueNames valueNames) {
        this.builder = builder;
        this.valueNames = valueNames;
    }

    Operand input(String name, TensorType type) {
        return new Operand.Computed(builder.input(name, type));
    }

    /// A node's own name, or if it has none or not for itself, one like it.
    String nodeName(String wanted) {
        return nodeNames.next(wanted);
    }

    boolean isWritten(Operand.Draft draft) {
        return written.containsKey(draft);
    }

    /// The node that a draft asks for, and before it helpers for those that it reads.
    ///
    /// @param output the name of its output
    Operand node(Operand.Draft draft, String nodeName, String output) {
        return new Operand.Computed(write(new Pending(draft, nodeName, output), nodeName, output));
    }

    /// A draft of which some operands are written.
    private record Pending(Operand.Draft draft, String nodeName, String output, List<Value> inputs) {
        Pending(Operand.Draft draft, String nodeName, String output) {
            this(draft, nodeName, output, new ArrayList<>());
        }
    }

    /// Writes drafts depth first, with a stack of its own: a sum of a thousand operands is a chain of as many drafts.
    ///
    /// @param helped the node, and its output, that the draft is needed for
    private Value write(Pending wanted, String helped, String helpedOutput) {
        Deque<Pending> open = new ArrayDeque<>();
        open.push(wanted);
        while (true) {
            Pending top = open.element();
            List<Operand> operands = top.draft().inputs();
            if (top.inputs().size() == operands.size()) {
                Value value = new Value(top.output(), top.draft().type());
                builder.add(new Node(top.nodeName(), top.draft().op(), top.inputs(), List.of(value)));
                written.put(top.draft(), value);
                open.pop();
                if (open.isEmpty()) {
                    return value;
                }
                continue;
            }
            Operand next = operands.get(top.inputs().size());
            if (next instanceof Operand.Draft draft && !isWritten(draft)) {
                open.push(helper(draft, helped, helpedOutput));
            } else {
                top.inputs().add(value(next, helped, helpedOutput));
            }
        }
    }

    private Pending helper(Operand.Draft draft, String helped, String helpedOutput) {
        String part = "/" + draft.op().mnemonic();
        return new Pending(draft, nodeNames.next(helped + part), valueNames.next(helpedOutput + part));
    }

    /// The value of an operand.
    ///
    /// @param helped the node that reads it
    /// @param helpedOutput what that node yields, which the names of helpers are derived from
    Value value(Operand operand, String helped, String helpedOutput) {
        Value earlier = written.get(operand);
        if (earlier != null) {
            return earlier;
        }
        return switch (operand) {
            case Operand.Computed(Value value) -> value;
            case Operand.Known known -> {
                String name = known.name().orElseGet(() -> valueNames.next(helpedOutput + "/constant"));
                Value value = builder.constant(name, known.tensor());
                written.put(known, value);
                yield value;
            }
            case Operand.Draft draft -> write(helper(draft, helped, helpedOutput), helped, helpedOutput);
        };
    }
}
