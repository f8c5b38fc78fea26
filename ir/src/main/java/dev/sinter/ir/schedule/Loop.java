package dev.sinter.ir.schedule;

import dev.sinter.ir.expr.Axis;

/// One loop of a stage. Several loops over one axis split it: the axis's index is the sum of each loop's counter times
/// its step. An extent of 0 stands for what the stage's readers demand.
///
/// @param tail what becomes of the last iteration, if it reaches beyond the axis
public record Loop(Axis axis, long step, long extent, LoopKind kind, Tail tail) {
    public Loop {
        if (step < 1 || extent < 0) {
            throw new IllegalArgumentException("loop over " + axis + " with step " + step + " and extent " + extent);
        }
    }

    public Loop(Axis axis, long step, long extent, LoopKind kind) {
        this(axis, step, extent, kind, Tail.GUARD);
    }

    /// Over the whole axis.
    public static Loop over(Axis axis, LoopKind kind) {
        return new Loop(axis, 1, axis.extent(), kind);
    }

    /// Over as much of the axis as is demanded.
    public static Loop overDemand(Axis axis, LoopKind kind) {
        return new Loop(axis, 1, 0, kind);
    }

    public boolean isOverDemand() {
        return extent == 0;
    }
}
