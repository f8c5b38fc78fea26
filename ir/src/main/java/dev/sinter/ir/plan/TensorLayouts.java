package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.lower.Layouts;
import dev.sinter.ir.schedule.Kernels;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The layouts of a whole network's tensors. While schedules are chosen, every tensor that may have a halo is taken to
/// have one as large as it takes; what the chosen kernels read is noted, and [#settle()] gives each tensor just that.
final class TensorLayouts implements Layouts {
    /// Zero is what convolutions pad with; a maximum's -infinity is tested for instead.
    private static final double FILL = 0;

    /// Batches and channels have none.
    private static final int FIRST_WITH_HALO = 2;

    private final Map<Source, Layout> layouts = new IdentityHashMap<>();
    private final Set<? extends Source> constants;
    private final Map<Source, List<Range>> reach = new IdentityHashMap<>();
    private final Map<Source, Boolean> mayGrow = new IdentityHashMap<>();
    private final Map<Source, Source> owners = new IdentityHashMap<>();
    private boolean settled;

    TensorLayouts(Set<? extends Source> constants) {
        this.constants = constants;
    }

    void put(Source source, Layout layout, boolean haloAllowed) {
        layouts.put(source, layout);
        mayGrow.put(source, haloAllowed);
    }

    /// Makes `piece` a part of `whole`, in whose memory it lies from now on. One halo is around all that share a
    /// memory.
    void join(Source piece, Source whole, Layout layout) {
        layouts.put(piece, layout);
        owners.put(piece, whole);
        boolean both = mayGrow.getOrDefault(piece, false) && mayGrow(owner(whole));
        mayGrow.put(owner(whole), both);
    }

    private Source owner(Source source) {
        Source owner = source;
        for (Source next = owners.get(owner); next != null; next = owners.get(owner)) {
            owner = next;
        }
        return owner;
    }

    @Override
    public Layout of(Source source) {
        Layout layout = layouts.get(source);
        if (layout != null) {
            return layout;
        }
        return source instanceof Kernels.Intermediate between
                ? intermediate(between)
                : Layout.rowMajor(source.type().shape());
    }

    /// A tensor between the kernels of one group has the form of what the group computes.
    private Layout intermediate(Kernels.Intermediate between) {
        Layout form = of(between.groupOutput());
        Shape shape = between.type().shape();
        boolean blocked = shape.rank() > 0
                && shape.rank() == form.logical().rank()
                && form.innermost().wraps();
        return blocked ? Layout.blocked(shape, 1, form.innermost().extent()) : Layout.rowMajor(shape);
    }

    private boolean mayGrow(Source source) {
        return mayGrow.getOrDefault(owner(source), source instanceof Kernels.Intermediate)
                && source.type().shape().rank() >= FIRST_WITH_HALO + 1;
    }

    @Override
    public boolean isConstant(Source source) {
        return constants.contains(source);
    }

    @Override
    public Layout forRead(Source source, List<Index> coordinates, Optional<Axis> lanes) {
        if (isConstant(source)) {
            return packed(source, coordinates, lanes);
        }
        return settled ? of(source) : imagined(source);
    }

    /// A constant read along a vector in one of its dimensions lies with that dimension innermost, in blocks of lanes.
    private static Layout packed(Source source, List<Index> coordinates, Optional<Axis> lanes) {
        List<Integer> along = new ArrayList<>();
        for (int axis = 0; axis < coordinates.size(); axis++) {
            if (lanes.isPresent() && coordinates.get(axis).dependsOn(lanes.get())) {
                along.add(axis);
            }
        }
        boolean packable =
                along.size() == 1 && coordinates.get(along.getFirst()).coefficient(lanes.orElseThrow()) == 1;
        return packable
                ? Layout.packed(
                        source.type().shape(),
                        along.getFirst(),
                        lanes.orElseThrow().extent())
                : Layout.rowMajor(source.type().shape());
    }

    private Layout imagined(Source source) {
        if (!mayGrow(source)) {
            return of(source);
        }
        List<Range> wide = new ArrayList<>();
        for (int axis = 0; axis < source.type().shape().rank(); axis++) {
            long extent = source.type().shape().dim(axis);
            long room = axis < FIRST_WITH_HALO ? 0 : widest(extent);
            wide.add(new Range(-room, extent - 1 + room));
        }
        return of(source).withHalo(wide, FILL);
    }

    /// A halo is worth its memory up to this many elements on each side.
    private static long widest(long extent) {
        return Math.max(4, Math.min(16, extent / 2));
    }

    /// Notes what a chosen kernel reads along one axis, beyond the tensor's extent too.
    void note(Source source, int axis, Range range) {
        if (!mayGrow(source)) {
            return;
        }
        List<Range> own = reach.computeIfAbsent(source, _ -> {
            List<Range> none = new ArrayList<>();
            source.type().shape().dims().forEach(extent -> none.add(new Range(0, extent - 1)));
            return none;
        });
        long room = axis < FIRST_WITH_HALO ? 0 : widest(source.type().shape().dim(axis));
        long extent = source.type().shape().dim(axis);
        if (range.lo() >= -room && range.hi() < extent + room) {
            own.set(axis, own.get(axis).union(range));
        }
    }

    /// Ends the choosing: tensors get the halos that were read, and those that share memory get one halo.
    void settle() {
        settled = true;
        Map<Source, List<Range>> joint = new IdentityHashMap<>();
        reach.forEach((source, ranges) -> joint.merge(owner(source), ranges, TensorLayouts::union));
        // What lies between the kernels of a group has been given no layout before.
        Set<Source> all = Collections.newSetFromMap(new IdentityHashMap<>());
        all.addAll(layouts.keySet());
        all.addAll(reach.keySet());
        for (Source source : all) {
            List<Range> ranges = joint.get(owner(source));
            if (ranges != null) {
                layouts.put(source, of(source).withHalo(around(source, ranges), FILL));
            }
        }
    }

    private static List<Range> union(List<Range> a, List<Range> b) {
        List<Range> both = new ArrayList<>();
        for (int axis = 0; axis < a.size(); axis++) {
            both.add(a.get(axis).union(b.get(axis)));
        }
        return both;
    }

    /// The ranges for a tensor of its own batches and channels.
    private static List<Range> around(Source source, List<Range> joint) {
        List<Range> own = new ArrayList<>(joint);
        for (int axis = 0; axis < FIRST_WITH_HALO; axis++) {
            own.set(axis, new Range(0, source.type().shape().dim(axis) - 1));
        }
        return own;
    }
}
