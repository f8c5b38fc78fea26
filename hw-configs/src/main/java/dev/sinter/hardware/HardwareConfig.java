package dev.sinter.hardware;

import dev.sinter.ir.schedule.Target;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// One device model.
///
/// @param name the file's name without its ending
/// @param rules the devices it is for; any of them suffices
/// @param target what schedules go by, compute units and memory as the model usually has them
/// @param origin the file it comes from
public record HardwareConfig(String name, List<MatchRule> rules, Target target, String origin) {
    public HardwareConfig {
        rules = List.copyOf(rules);
    }

    /// The most specific rule that matches.
    public Optional<MatchRule> rule(DeviceDescription description) {
        return rules.stream()
                .filter(rule -> rule.matches(description))
                .max(Comparator.comparingInt(MatchRule::specificity));
    }

    /// The target of one device of this model, which knows its own compute units and memory.
    public Target target(int computeUnits, long memoryBytes) {
        return new Target(
                target.name(),
                target.kind(),
                target.vectorLanes(),
                target.vectorRegisters(),
                target.subgroup(),
                computeUnits,
                target.clock(),
                target.flopsPerCycle(),
                memoryBytes,
                target.memoryBandwidth(),
                target.localBytes(),
                target.cacheBytes(),
                target.launchOverhead(),
                target.fpga(),
                target.limits(),
                target.half());
    }
}
