package dev.sinter.ir.kernel;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.schedule.LoopKind;
import java.util.List;
import java.util.Optional;

/// What a kernel does, step by step.
public sealed interface Stmt {
    /// Makes an array, of no particular content.
    record Allocate(KernelArray array) implements Stmt {}

    /// All work-items of a group wait here for each other; what one wrote before, all see after it.
    record Barrier() implements Stmt {}

    /// Runs `body` for every value of `axis` from `from` to `until - 1`. Under [LoopKind.Vector] the body's statements
    /// run for all values at once.
    record For(Axis axis, Index from, Index until, LoopKind kind, List<Stmt> body) implements Stmt {
        public For {
            body = List.copyOf(body);
        }

        /// Over the whole axis.
        public static For over(Axis axis, LoopKind kind, List<Stmt> body) {
            return new For(axis, Index.ZERO, Index.of(axis.extent()), kind, body);
        }

        public boolean isWhole() {
            return from.equals(Index.ZERO) && until.equals(Index.of(axis.extent()));
        }
    }

    /// Runs `body` where every condition holds.
    record If(List<Condition> conditions, List<Stmt> body) implements Stmt {
        public If {
            conditions = List.copyOf(conditions);
            body = List.copyOf(body);
        }
    }

    /// lo ≤ index < hi.
    record Condition(Index index, long lo, long hi) {
        public boolean alwaysHolds() {
            Range range = index.range();
            return range.isWithin(lo, hi);
        }

        public boolean neverHolds() {
            return index.range().isDisjointFrom(lo, hi);
        }
    }

    /// Runs `body` with `axis` standing at a number that is computed here: the nearest one to `value` that is no less
    /// than 0 and less than the axis's extent.
    ///
    /// @param value an integer, the same for all lanes
    record Let(Axis axis, KernelExpr value, List<Stmt> body) implements Stmt {
        public Let {
            body = List.copyOf(body);
        }
    }

    /// Sets an element of an array.
    record Assign(KernelExpr.Element target, KernelExpr value) implements Stmt {}

    /// Puts an element into a channel, the `number`-th of all that go through it; waits where there is no room.
    record ChannelWrite(Channel channel, Index number, KernelExpr value) implements Stmt {}

    /// Takes the `number`-th element out of a channel; waits for it where it is not there yet.
    record ChannelRead(KernelExpr.Element target, Channel channel, Index number) implements Stmt {}

    /// Sets an element of a buffer, or one per lane. `lanes` says which lanes are written, if not all.
    record Store(Buffer buffer, Index offset, KernelExpr value, Optional<Condition> lanes) implements Stmt {}
}
