package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Axis;
import java.util.Map;

/// What a work-group computes of one kernel's output.
///
/// @param items how many work-items stand side by side along each axis; 1 where nothing is said
/// @param registers how many neighbours along each axis one work-item computes; 1 where nothing is said
/// @param depth how much of the reduction's first axis is in local memory at a time
record WorkGroupTile(Map<Axis, Long> items, Map<Axis, Long> registers, long depth) {
    WorkGroupTile {
        items = Map.copyOf(items);
        registers = Map.copyOf(registers);
    }

    long items(Axis axis) {
        return items.getOrDefault(axis, 1L);
    }

    long registers(Axis axis) {
        return registers.getOrDefault(axis, 1L);
    }

    /// All work-items of a group.
    long groupSize() {
        return items.values().stream().reduce(1L, Math::multiplyExact);
    }
}
