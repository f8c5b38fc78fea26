package dev.sinter.backend.fpga;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.plan.Folding;
import dev.sinter.ir.schedule.Target;
import java.util.ArrayList;
import java.util.List;

/// A network at many paces on one chip: from one multiplier for each kernel to far more than the chip has.
///
/// @param points those that are worth a look, the slowest first: each faster than those before it
public record Exploration(List<Point> points) {
    /// So many paces lie between one and half of it.
    private static final int STEPS = 3;

    /// Beyond as many chips it ends.
    private static final double MOST = 2;

    /// @param pace how many cycles a frame may take
    public record Point(long pace, Hardware hardware, Fit fit) {}

    public Exploration {
        points = List.copyOf(points);
    }

    /// @throws dev.sinter.ir.diag.CompileException if the network, or a layer of it, cannot become hardware, or if
    ///     nothing is known of the chip's cells
    public static Exploration of(Graph graph, Target target, CompileOptions options) {
        Hardware.Source source = Hardware.Source.of(graph, target, options);
        List<Point> all = new ArrayList<>();
        Point point = point(source, Folding.onto(1), Long.MAX_VALUE);
        long pace = point.hardware().design().interval();
        all.add(new Point(pace, point.hardware(), point.fit()));
        while (pace > 1 && all.getLast().fit().binding().share() < MOST) {
            pace = Math.max(1, (long) (pace / Math.pow(2, 1.0 / STEPS)));
            Point next = point(source, Folding.pace(pace), pace);
            if (next.fit().cycles() > pace) {
                // Nothing is faster.
                all.add(next);
                break;
            }
            all.add(next);
        }
        return new Exploration(worthwhile(all));
    }

    private static Point point(Hardware.Source source, Folding folding, long pace) {
        Hardware hardware = source.hardware(folding);
        return new Point(pace, hardware, Fit.of(hardware.design(), source.target()));
    }

    /// Those of which no other is as fast and as small.
    private static List<Point> worthwhile(List<Point> all) {
        List<Point> kept = new ArrayList<>();
        for (Point point : all.reversed()) {
            boolean better = kept.stream()
                    .noneMatch(other -> other.fit().cycles() <= point.fit().cycles() && size(other) <= size(point));
            if (better) {
                kept.removeIf(other -> point.fit().cycles() <= other.fit().cycles() && size(point) <= size(other));
                kept.addFirst(point);
            }
        }
        return kept;
    }

    private static double size(Point point) {
        return point.fit().binding().share();
    }
}
