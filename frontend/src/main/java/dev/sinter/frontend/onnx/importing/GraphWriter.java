package dev.sinter.frontend.onnx.importing;

import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.UniqueNames;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
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
    private final Map<Operand.Application, List<Value>> nodes = new IdentityHashMap<>();

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

    /// A value's own name, or if it is taken, one like it.
    String valueName(String wanted) {
        return valueNames.next(wanted);
    }

    boolean isWritten(Operand.Draft draft) {
        return nodes.containsKey(draft.application());
    }

    /// The value that a draft has become.
    Operand.Computed written(Operand.Draft draft) {
        return new Operand.Computed(
                Expect.present(nodes.get(draft.application()), draft.type()).get(draft.output()), draft.isOpen());
    }

    /// The node that a draft asks for, and before it helpers for those that it reads.
    ///
    /// @param outputs the names of the node's outputs, empty where nobody has given one
    Operand node(Operand.Draft draft, String nodeName, List<String> outputs) {
        String helpedOutput = outputs.get(draft.output());
        write(new Pending(draft.application(), nodeName, outputs), nodeName, helpedOutput);
        return written(draft);
    }

    /// A node of which some operands are written.
    private record Pending(Operand.Application application, String nodeName, List<String> outputs, List<Value> inputs) {
        Pending(Operand.Application application, String nodeName, List<String> outputs) {
            this(application, nodeName, outputs, new ArrayList<>());
        }
    }

    /// Writes drafts depth first, with a stack of its own: a sum of a thousand operands is a chain of as many drafts.
    ///
    /// @param helped the node, and its output, that the draft is needed for
    private void write(Pending wanted, String helped, String helpedOutput) {
        Deque<Pending> open = new ArrayDeque<>();
        open.push(wanted);
        while (!open.isEmpty()) {
            Pending top = open.element();
            List<Operand> operands = top.application().inputs();
            if (top.inputs().size() == operands.size()) {
                add(top, helpedOutput);
                open.pop();
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

    private void add(Pending pending, String helpedOutput) {
        List<Value> values = new ArrayList<>();
        for (int output = 0; output < pending.outputs().size(); output++) {
            String given = pending.outputs().get(output);
            String name = given.isEmpty() ? valueNames.next(helpedOutput + "." + output) : given;
            values.add(new Value(name, pending.application().types().get(output)));
        }
        builder.add(new Node(pending.nodeName(), pending.application().op(), pending.inputs(), values));
        nodes.put(pending.application(), values);
    }

    private Pending helper(Operand.Draft draft, String helped, String helpedOutput) {
        String part = "/" + draft.application().op().mnemonic();
        List<String> outputs =
                new ArrayList<>(Collections.nCopies(draft.application().types().size(), ""));
        outputs.set(draft.output(), valueNames.next(helpedOutput + part));
        return new Pending(draft.application(), nodeNames.next(helped + part), outputs);
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
            case Operand.Computed(Value value, _) -> value;
            case Operand.Known known -> {
                String name = known.name().orElseGet(() -> valueNames.next(helpedOutput + "/constant"));
                Value value = builder.constant(name, known.tensor());
                written.put(known, value);
                yield value;
            }
            case Operand.Draft draft -> {
                if (!isWritten(draft)) {
                    write(helper(draft, helped, helpedOutput), helped, helpedOutput);
                }
                yield written(draft).value();
            }
        };
    }
}
