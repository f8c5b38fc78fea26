package dev.sinter.ir.schedule;

import dev.sinter.ir.expr.Stage;
import java.util.List;

/// How one stage is computed: where its elements go, and its loops from the outermost to the innermost, over output
/// and reduction axes alike. Output loops inside reduction loops make accumulators an array.
public record StagePlan(Placement placement, List<Loop> loops) {
    public static final StagePlan INLINE = new StagePlan(Placement.INLINE, List.of());

    public StagePlan {
        loops = List.copyOf(loops);
    }

    /// How many loops come before the first one over a reduction axis; all of them if there is none.
    public int reductionDepth(Stage stage) {
        for (int depth = 0; depth < loops.size(); depth++) {
            if (stage.reduction().contains(loops.get(depth).axis())) {
                return depth;
            }
        }
        return loops.size();
    }
}
