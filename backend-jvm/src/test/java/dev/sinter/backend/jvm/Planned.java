package dev.sinter.backend.jvm;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Kernels as the default policy makes them.
final class Planned {
    private Planned() {}

    static Target cpu(int lanes) {
        return new Target(
                "test",
                Target.Kind.CPU,
                lanes,
                32,
                1,
                2,
                3e9,
                4.0 * lanes,
                1L << 34,
                2e10,
                1 << 20,
                1 << 25,
                5e-6,
                Optional.empty());
    }

    /// The kernels of one operator.
    static List<Kernel> kernels(Op op, int lanes, TensorType... inputs) {
        return kernels(List.of(op), lanes, inputs);
    }

    /// The kernels of operators, the first of which takes all `inputs` and each other what the one before yields.
    static List<Kernel> kernels(List<Op> ops, int lanes, TensorType... inputs) {
        List<Value> values = new ArrayList<>();
        for (TensorType type : inputs) {
            values.add(new Value("x" + values.size(), type));
        }
        List<Node> nodes = new ArrayList<>();
        List<Value> next = values;
        for (Op op : ops) {
            nodes.add(Node.infer(op.mnemonic() + nodes.size(), op, next));
            next = List.of(nodes.getLast().output());
        }
        Graph graph = new Graph("test", values, Map.of(), nodes, next);
        return Sinter.program(graph, cpu(lanes), CompileOptions.DEFAULT).kernels();
    }
}
