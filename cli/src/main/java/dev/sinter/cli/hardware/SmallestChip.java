package dev.sinter.cli.hardware;

import dev.sinter.backend.fpga.Fit;
import dev.sinter.backend.fpga.Hardware;
import dev.sinter.hardware.HardwareConfig;
import dev.sinter.hardware.HardwareConfigs;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.plan.Folding;
import dev.sinter.ir.schedule.Target;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds the smallest chip that is known of which a network fits.
public final class SmallestChip {
    private SmallestChip() {}

    /// @param pace how many cycles a frame may take
    /// @return its name; none if the network fits none of them at that pace
    public static Optional<String> of(Graph graph, long pace, CompileOptions options) {
        return chips().stream()
                .filter(chip -> fits(graph, chip.target(), pace, options))
                .findFirst()
                .map(HardwareConfig::name);
    }

    private static boolean fits(Graph graph, Target chip, long pace, CompileOptions options) {
        Hardware hardware = Hardware.of(graph, chip, Folding.pace(pace), options);
        return hardware.design().interval() <= pace
                && Fit.of(hardware.design(), chip).fits();
    }

    private static List<HardwareConfig> chips() {
        return HardwareConfigs.bundled().all().stream()
                .filter(config ->
                        config.target().fpga().flatMap(Target.Fpga::family).isPresent())
                .sorted(Comparator.comparingLong(
                        config -> config.target().fpga().orElseThrow().logicCells()))
                .toList();
    }
}
