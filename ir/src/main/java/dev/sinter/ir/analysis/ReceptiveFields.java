package dev.sinter.ir.analysis;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Reach;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What of a picture every tensor of a network depends on. Where branches meet, the largest over all paths; what is not
/// known to be local counts as the whole picture.
public final class ReceptiveFields {
    private final Map<Value, ReceptiveField> fields = new IdentityHashMap<>();

    private ReceptiveFields() {}

    /// @param picture an input of the graph, `[N, C, D…]`
    public static ReceptiveFields of(Graph graph, Value picture) {
        ReceptiveFields all = new ReceptiveFields();
        int dimensions = picture.type().shape().rank() - 2;
        all.fields.put(picture, new ReceptiveField.Local(Collections.nCopies(dimensions, AxisField.PIXEL)));
        for (Node node : graph.nodes()) {
            ReceptiveField field = all.field(node);
            node.outputs().forEach(output -> all.fields.put(output, field));
        }
        return all;
    }

    public ReceptiveField of(Value value) {
        return fields.getOrDefault(value, new ReceptiveField.Nothing());
    }

    private ReceptiveField field(Node node) {
        ReceptiveField read =
                node.inputs().stream().map(this::of).reduce(new ReceptiveField.Nothing(), ReceptiveField::with);
        return read instanceof ReceptiveField.Local local ? field(node, local) : read;
    }

    private ReceptiveField field(Node node, ReceptiveField.Local read) {
        int dimensions = read.axes().size();
        Optional<ReceptiveField> seen = switch (node.op().reach(node.signature())) {
            case Reach.Sliding(Window window) -> eachAxis(read, window, (field, axis) -> field.under(window, axis));
            case Reach.Spreading(Window window) -> eachAxis(read, window, (field, axis) -> field.spread(window, axis));
            case Reach.Shifted(List<Long> begins) ->
                Optional.of(shifted(read, begins.subList(begins.size() - dimensions, begins.size())));
            case Reach.SamePlace(int kept) ->
                kept >= dimensions && keepPlaces(node, dimensions) ? Optional.of(read) : Optional.empty();
            case Reach.Everywhere() -> Optional.empty();
        };
        return seen.orElseGet(ReceptiveField.Whole::new);
    }

    /// What becomes of one dimension.
    private interface AxisChange {
        AxisField of(AxisField field, int axis);
    }

    private static Optional<ReceptiveField> eachAxis(ReceptiveField.Local read, Window window, AxisChange step) {
        if (window.rank() != read.axes().size()) {
            return Optional.empty();
        }
        List<AxisField> axes = new ArrayList<>();
        for (int axis = 0; axis < window.rank(); axis++) {
            axes.add(step.of(read.axes().get(axis), axis));
        }
        return Optional.of(new ReceptiveField.Local(axes));
    }

    private static ReceptiveField shifted(ReceptiveField.Local read, List<Long> begins) {
        List<AxisField> axes = new ArrayList<>();
        for (int axis = 0; axis < begins.size(); axis++) {
            axes.add(read.axes().get(axis).shifted(begins.get(axis)));
        }
        return new ReceptiveField.Local(axes);
    }

    /// Whether no operand that sees the picture is stretched over more places than it has.
    private boolean keepPlaces(Node node, int dimensions) {
        Shape output = node.output().type().shape();
        return node.inputs().stream()
                .filter(input -> of(input) instanceof ReceptiveField.Local)
                .allMatch(input -> sameEnd(input.type().shape(), output, dimensions));
    }

    private static boolean sameEnd(Shape a, Shape b, int dimensions) {
        return a.rank() > dimensions
                && b.rank() > dimensions
                && end(a, dimensions).equals(end(b, dimensions));
    }

    private static List<Long> end(Shape shape, int dimensions) {
        return shape.dims().subList(shape.rank() - dimensions, shape.rank());
    }
}
