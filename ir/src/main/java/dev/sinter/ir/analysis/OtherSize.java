package dev.sinter.ir.analysis;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What becomes of a network when its picture has another size.
///
/// @param picture the other size
/// @param lastMap the shape of the last feature map, before the picture's places are taken together; empty if the
///     network does not get that far
/// @param refusal why the network does not take such a picture, in the words of the layer that refuses; empty if it
///     does
public record OtherSize(Shape picture, Optional<Shape> lastMap, Optional<CompileException> refusal) {

    /// The last feature map of a network: what is read by the first layer that takes the whole picture together. Empty
    /// if the network's answer is itself a map.
    public static Optional<Value> lastMap(NetworkFacts facts) {
        return facts.graph().nodes().stream()
                .filter(node -> facts.fields().of(node.output()) instanceof ReceptiveField.Whole)
                .findFirst()
                .flatMap(node -> node.inputs().stream()
                        .filter(input -> facts.fields().of(input) instanceof ReceptiveField.Local)
                        .findFirst());
    }

    /// @param numerator over `denominator`: by how much the picture's extents are scaled
    public static OtherSize scaled(NetworkFacts facts, long numerator, long denominator) {
        Shape picture = facts.picture().type().shape();
        for (int axis = 2; axis < picture.rank(); axis++) {
            picture = picture.with(axis, Math.max(1, picture.dim(axis) * numerator / denominator));
        }
        return of(facts, picture);
    }

    public static OtherSize of(NetworkFacts facts, Shape picture) {
        Graph graph = facts.graph();
        Map<Value, TensorType> types = new HashMap<>();
        graph.inputs().forEach(input -> types.put(input, input.type()));
        graph.constants().keySet().forEach(value -> types.put(value, value.type()));
        types.put(facts.picture(), facts.picture().type().withShape(picture));
        Optional<CompileException> refusal = graph.nodes().stream()
                .flatMap(node -> refusal(node, types).stream())
                .findFirst();
        Optional<Shape> lastMap = lastMap(facts).map(types::get).map(TensorType::shape);
        return new OtherSize(picture, lastMap, refusal);
    }

    private static Optional<CompileException> refusal(Node node, Map<Value, TensorType> types) {
        try {
            List<TensorType> inferred =
                    node.op().infer(node.inputs().stream().map(types::get).toList());
            for (int i = 0; i < inferred.size(); i++) {
                types.put(node.outputs().get(i), inferred.get(i));
            }
            return Optional.empty();
        } catch (CompileException fault) {
            return Optional.of(fault.at(node.label()));
        }
    }
}
