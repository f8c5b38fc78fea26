package dev.sinter.ir.graph;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/// One use of an operator.
public record Node(String name, Op op, List<Value> inputs, List<Value> outputs) {
    public Node {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /// A node whose outputs get the types that the operator infers, and the node's name (with a number from the second
    /// output on).
    ///
    /// @throws CompileException if the inputs do not fit; it names the node
    public static Node infer(String name, Op op, List<Value> inputs) {
        List<Value> outputs = new ArrayList<>();
        for (TensorType type : inferTypes(name, op, inputs)) {
            outputs.add(new Value(outputs.isEmpty() ? name : name + "." + outputs.size(), type));
        }
        return new Node(name, op, inputs, outputs);
    }

    static List<TensorType> inferTypes(String name, Op op, List<Value> inputs) {
        try {
            return op.infer(inputs.stream().map(Value::type).toList());
        } catch (CompileException fault) {
            throw fault.at(name + " (" + op.mnemonic() + ")");
        }
    }

    public Value input(int i) {
        return inputs.get(i);
    }

    /// The only output of most operators.
    public Value output() {
        return outputs.getFirst();
    }

    public Op.Signature signature() {
        return new Op.Signature(
                inputs.stream().map(Value::type).toList(),
                outputs.stream().map(Value::type).toList());
    }

    public Node withInputs(List<Value> others) {
        return new Node(name, op, others, outputs);
    }

    /// For messages: `conv2_1 (conv)`.
    public String label() {
        return name + " (" + op.mnemonic() + ")";
    }
}
