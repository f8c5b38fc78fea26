package dev.sinter.ir.schedule;

import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import java.util.List;

/// Where stages are read, and whether they are there.
final class Scopes {
    private final Schedule schedule;

    Scopes(Schedule schedule) {
        this.schedule = schedule;
    }

    /// When a stage's formula runs: before its reduction, for each point of it, after it.
    enum Phase {
        START,
        UPDATE,
        FINISH
    }

    /// One place where a stage is read.
    record Read(Stage reader, Phase phase, List<Index> at) {}

    /// True if what is computed as `at` says is there when it is read.
    boolean reaches(Placement.At at, Read read) {
        Stage consumer = at.consumer();
        if (read.reader() == consumer) {
            boolean insideReduction = at.computed() > schedule.plan(consumer).reductionDepth(consumer);
            return !insideReduction || read.phase() == Phase.UPDATE;
        }
        Stage inside = read.reader();
        while (schedule.plan(inside).placement() instanceof Placement.At own) {
            if (own.consumer() == consumer) {
                return own.computed() >= at.computed();
            }
            inside = own.consumer();
        }
        return false;
    }
}
