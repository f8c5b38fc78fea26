package dev.sinter.frontend.onnx.exporting;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A graph whose batch is left open: dimension 0 of every input of at least two dimensions. That the batch can be any
/// is tried out with others than the graph's own. A reshape that keeps the batch's extent keeps whatever it is.
public final class OpenBatch {
    /// An extent that operators make of the batch, such as twice it, is not the batch's for all of these.
    private static final List<Long> MORE = List.of(1L, 2L, 5L);

    private final Graph graph;
    private final long batch;
    private final Set<Value> open = new HashSet<>();
    private final Set<Node> imageByImage = new HashSet<>();

    private OpenBatch(Graph graph, List<Value> inputs) {
        this.graph = graph;
        batch = inputs.getFirst().type().shape().dim(0);
        open.addAll(inputs);
    }

    /// @throws CompileException if something in the graph is for its own batch only
    public static OpenBatch of(Graph graph) {
        List<Value> inputs = graph.inputs().stream()
                .filter(input -> input.type().shape().rank() >= 2)
                .toList();
        if (inputs.isEmpty()) {
            throw fault(graph.name(), "has no input of two dimensions or more, of which the first could be open");
        }
        OpenBatch result = new OpenBatch(graph, inputs);
        for (Value input : inputs) {
            long own = input.type().shape().dim(0);
            if (own != result.batch) {
                String first = inputs.getFirst().name();
                throw fault(
                        "input " + input.name(),
                        "has " + own + " in dimension 0 but input " + first + " has " + result.batch);
            }
        }
        MORE.forEach(more -> result.tryOut(result.batch + more));
        result.open.addAll(graph.outputs());
        return result;
    }

    /// True if dimension 0 of an input or output is the open one.
    public boolean isOpen(Value value) {
        return open.contains(value);
    }

    /// The node in ONNX's words.
    public NodeForm form(Node node) {
        return imageByImage.contains(node) && node.op() instanceof Reshape(List<Long> shape)
                ? OperatorForms.reshape(withBatch(shape, 0), false)
                : OperatorForms.of(node);
    }

    private void tryOut(long other) {
        Map<Value, TensorType> types = new HashMap<>();
        graph.inputs().forEach(input -> types.put(input, isOpen(input) ? grown(input, other) : input.type()));
        graph.constants().keySet().forEach(constant -> types.put(constant, constant.type()));
        graph.nodes().forEach(node -> infer(node, other, types));
        for (Value output : graph.outputs()) {
            TensorType found = Expect.present(types.get(output), output);
            if (output.type().shape().rank() == 0 || !found.equals(grown(output, other))) {
                throw fault(
                        "output " + output.name(),
                        "is " + output.type() + " for a batch of " + batch + " but " + found + " for " + other);
            }
        }
    }

    private static TensorType grown(Value value, long other) {
        return value.type().withShape(value.type().shape().with(0, other));
    }

    private void infer(Node node, long other, Map<Value, TensorType> types) {
        List<TensorType> inputs = node.inputs().stream()
                .map(input -> Expect.present(types.get(input), input))
                .toList();
        try {
            List<TensorType> outputs = operator(node, inputs, other).infer(inputs);
            for (int i = 0; i < outputs.size(); i++) {
                types.put(node.outputs().get(i), outputs.get(i));
            }
        } catch (CompileException fault) {
            throw fault(node.label(), "is for a batch of " + batch + " only; for " + other + ": " + fault.fact());
        }
    }

    /// A reshape of each image by itself goes on with as many as there are. ONNX says that with an extent of 0, which
    /// must then mean nothing else.
    private Op operator(Node node, List<TensorType> inputs, long other) {
        if (!(node.op() instanceof Reshape(List<Long> shape))) {
            return node.op();
        }
        Value input = node.input(0);
        boolean keepsBatch = !shape.isEmpty()
                && shape.getFirst() == batch
                && !shape.subList(1, shape.size()).contains(0L)
                && input.type().shape().rank() > 0
                && inputs.getFirst().equals(grown(input, other));
        if (!keepsBatch) {
            return node.op();
        }
        imageByImage.add(node);
        return new Reshape(withBatch(shape, other));
    }

    private static List<Long> withBatch(List<Long> shape, long extent) {
        List<Long> dims = new ArrayList<>(shape);
        dims.set(0, extent);
        return dims;
    }

    private static CompileException fault(String where, String fact) {
        return new CompileException(Code.ONNX_DYNAMIC, where, fact, "export the network with a fixed batch");
    }
}
