package dev.sinter.ir.schedule;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How one stage is computed: where its elements go, and its loops from the outermost to the innermost, over output
/// and reduction axes alike. Output loops inside reduction loops make accumulators an array.
public record StagePlan(Storage storage, List<Loop> loops) {
    public static final StagePlan INLINE = new StagePlan(Storage.INLINE, List.of());

    public StagePlan {
        loops = List.copyOf(loops);
    }

    /// What keeps this plan from being one of `stage`, if anything.
    public Optional<String> complaint(Stage stage) {
        if (storage instanceof Storage.Inline) {
            return stage.reduces() ? Optional.of(stage + " reduces and cannot be inlined") : Optional.empty();
        }
        List<Axis> axes = new ArrayList<>(stage.axes());
        axes.addAll(stage.reduction());
        for (Loop loop : loops) {
            if (!axes.contains(loop.axis())) {
                return Optional.of("loop over " + loop.axis() + ", which is no axis of " + stage);
            }
            if (loop.extent() == 0 && stage.reduction().contains(loop.axis())) {
                return Optional.of("reduction axis " + loop.axis() + " cannot be computed in part");
            }
            if (loop.kind() instanceof LoopKind.Vector && stage.reduction().contains(loop.axis())) {
                return Optional.of("reduction axis " + loop.axis() + " cannot be a vector");
            }
        }
        for (Axis axis : axes) {
            Optional<String> gap = coverage(axis);
            if (gap.isPresent()) {
                return gap;
            }
        }
        return Optional.empty();
    }

    private Optional<String> coverage(Axis axis) {
        List<Loop> own = loops.stream()
                .filter(loop -> loop.axis() == axis)
                .sorted((a, b) -> Long.compare(a.step(), b.step()))
                .toList();
        if (own.size() == 1 && own.getFirst().extent() == 0
                || own.isEmpty() && (axis.extent() == 1 || storage instanceof Storage.Registers)) {
            return Optional.empty();
        }
        long covered = 1;
        for (Loop loop : own) {
            if (loop.step() != covered) {
                return Optional.of("loops over " + axis + " step by " + loop.step() + " where " + covered + " is due");
            }
            covered *= loop.extent();
        }
        // In registers a stage is computed only where it is demanded, which lowering checks.
        return storage instanceof Storage.Buffer && covered < axis.extent()
                ? Optional.of("loops over " + axis + " cover " + covered + " of " + axis.extent())
                : Optional.empty();
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
