package dev.sinter.ir.plan;

import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Schedule;

/// A group with the schedule that was chosen for it. The group may have gained stages that read tensors.
public record ScheduledGroup(Group group, Schedule schedule) {}
