package dev.sinter.cli.inspect;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.schedule.Group;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// How many products a layer sums up, counted from its formulas: padding counts, as usual.
public final class MultiplyAdds {
    private MultiplyAdds() {}

    public static long of(Node node) {
        if (node.output().type().shape().elements() == 0) {
            // Nothing is computed, and formulas may ask how many filters there are in each of none.
            return 0;
        }
        if (node.op().runsOnHost()) {
            // No formula says what it does.
            return 0;
        }
        List<Access> inputs = node.inputs().stream().map(Access::of).toList();
        return node.op().compute(node.signature(), inputs).stream()
                .flatMap(root -> Group.of(node.name(), node.output(), root).stages().stream())
                .mapToLong(MultiplyAdds::of)
                .sum();
    }

    private static long of(Stage stage) {
        boolean sumsProducts =
                stage.accumulators().stream().anyMatch(accumulator -> accumulator.update() instanceof Expr.MultiplyAdd);
        LongStream extents =
                Stream.concat(stage.axes().stream(), stage.reduction().stream()).mapToLong(Axis::extent);
        return sumsProducts ? extents.reduce(1, Math::multiplyExact) : 0;
    }
}
