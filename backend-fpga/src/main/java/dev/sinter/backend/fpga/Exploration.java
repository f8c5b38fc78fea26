package dev.sinter.backend.fpga;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.plan.Folding;
import dev.sinter.ir.schedule.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A network at many paces on one chip: from one multiplier for each kernel to far more than the chip has.
public final class Exploration {
    /// So many paces lie between one and half of it.
    private static final int STEPS = 3;

    /// Beyond as many chips it ends.
    private static final double MOST = 2;

    private static final Comparator<Fit> FASTEST_FIRST =
            Comparator.comparingLong(Fit::cycles).thenComparingDouble(Exploration::size);

    private Exploration() {}

    /// Those that are worth a look, the slowest first: each is faster than those before it, and larger.
    ///
    /// @throws dev.sinter.ir.diag.CompileException if the network, or a layer of it, cannot become hardware, or if
    ///     nothing is known of the chip's cells
    public static List<Fit> of(Graph graph, Target target, CompileOptions options) {
        Hardware.Source source = Hardware.Source.of(graph, target, options);
        List<Fit> all = new ArrayList<>();
        all.add(Fit.of(source.hardware(Folding.onto(1)).design(), target));
        long pace = all.getFirst().cycles();
        // Until nothing is faster, or all that is faster is too large.
        while (pace > 1 && all.getLast().cycles() <= pace && size(all.getLast()) < MOST) {
            pace = Math.max(1, (long) (pace / Math.pow(2, 1.0 / STEPS)));
            all.add(Fit.of(source.hardware(Folding.pace(pace)).design(), target));
        }
        return worthwhile(all);
    }

    /// Those of which no other is as fast and as small.
    private static List<Fit> worthwhile(List<Fit> all) {
        List<Fit> kept = new ArrayList<>();
        for (Fit fit : all.stream().sorted(FASTEST_FIRST).toList()) {
            if (kept.isEmpty() || size(fit) < size(kept.getFirst())) {
                kept.addFirst(fit);
            }
        }
        return kept;
    }

    private static double size(Fit fit) {
        return fit.binding().share();
    }
}
