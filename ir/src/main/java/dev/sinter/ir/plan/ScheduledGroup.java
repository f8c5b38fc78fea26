package dev.sinter.ir.plan;

import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Schedule;

/// A group with the schedule that was chosen for it. The group may have gained stages that read tensors.
///
/// @param seconds what it is thought to take, by which algorithms are chosen; 0 where nobody asked, and then the group
///     as it is goes before all others
public record ScheduledGroup(Group group, Schedule schedule, double seconds) {
    public ScheduledGroup(Group group, Schedule schedule) {
        this(group, schedule, 0);
    }
}
