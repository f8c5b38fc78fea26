package dev.sinter.tests.fpga;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.backend.fpga.Exploration;
import dev.sinter.backend.fpga.Fit;
import dev.sinter.backend.fpga.Hardware;
import dev.sinter.backend.fpga.Project;
import dev.sinter.backend.fpga.Resources;
import dev.sinter.backend.fpga.Synthesis;
import dev.sinter.frontend.zoo.Zoo;
import dev.sinter.hardware.HardwareConfigs;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.plan.Folding;
import dev.sinter.ir.schedule.Target;
import dev.sinter.tests.support.Requirements;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is estimated before synthesis against what yosys counts, of designs that the estimate was not fitted to:
/// networks are folded onto other numbers of multipliers. `-Dsinter.fit=all` takes all 40 of them and some 20 minutes.
@NullMarked
class FitTest {
    private static final double MOST_OFF = 0.15;

    /// A median of a few says less.
    private static final double MOST_OFF_OF_FEW = 0.3;

    /// Of registers, of which some are found to be needless, or kept in blocks.
    private static final double MOST_REGISTERS_OFF = 0.2;

    private static final int ONE_OF = 20;
    private static final boolean ALL = "all".equals(System.getProperty("sinter.fit"));
    private static final int[] FOLDINGS = {2, 8};

    @TempDir
    private Path folder;

    private static Target target(String name) {
        return HardwareConfigs.bundled().named(name).target();
    }

    /// A chip of the same cells with room for all.
    private static Target roomy(Target chip) {
        Target.Fpga fpga = chip.fpga().orElseThrow();
        return chip.withFpga(new Target.Fpga(1_000_000, 1000, 1_000_000_000, 0, fpga.toolchain(), fpga.family()));
    }

    /// A design, estimated and counted.
    private record Comparison(String name, Resources estimated, Resources counted) {
        double off(ToLongFunction<Resources> figure) {
            double is = figure.applyAsLong(counted);
            double estimate = figure.applyAsLong(estimated);
            return is == 0 ? 0 : Math.abs(estimate / is - 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lattice-ice40up5k", "lattice-ecp5-85f", "xilinx-artix7-200t"})
    @Tag("slow")
    void most_estimates_are_close_to_what_is_counted(String chip, TestReporter reporter) throws Exception {
        Requirements.assume("yosys", () -> !Synthesis.missing().contains("yosys"), "it is not on the path");
        List<Comparison> comparisons = new ArrayList<>();
        List<Named<Graph>> networks = networks();
        for (int i = 0; i < networks.size() * FOLDINGS.length; i++) {
            if (ALL || i % ONE_OF == 0) {
                comparisons.add(compare(
                        networks.get(i / FOLDINGS.length), FOLDINGS[i % FOLDINGS.length], roomy(target(chip)), i));
            }
        }
        for (Comparison one : comparisons) {
            reporter.publishEntry(one.name(), one.estimated() + " estimated, " + one.counted() + " counted");
        }
        double most = ALL ? MOST_OFF : MOST_OFF_OF_FEW;
        assertClose("look-up tables", comparisons, Resources::luts, most, reporter);
        assertClose("multipliers", comparisons, Resources::multipliers, most, reporter);
        if (ALL) {
            assertClose("registers", comparisons, Resources::registers, MOST_REGISTERS_OFF, reporter);
            assertClose("block RAMs", comparisons, Resources::blockRams, most, reporter);
        }
    }

    private static List<Named<Graph>> networks() {
        List<Named<Graph>> quantized = SmallNetworks.all().stream()
                .map(network -> Named.of(network.getName(), QuantizedNetworks.quantized(network.getPayload())))
                .toList();
        return Stream.concat(IntegerNetworks.all().stream(), quantized.stream()).toList();
    }

    private Comparison compare(Named<Graph> network, int multipliers, Target target, int number) throws Exception {
        Hardware hardware =
                Hardware.of(network.getPayload(), target, Folding.onto(multipliers), CompileOptions.DEFAULT);
        Path own = Files.createDirectories(folder.resolve(String.valueOf(number)));
        Project.Result result = Project.write(hardware.design(), target, Optional.empty(), own, _ -> {});
        Fit fit = Fit.of(hardware.design(), target);
        return new Comparison(network.getName() + " onto " + multipliers, fit.whole(), result.cells());
    }

    private static void assertClose(
            String what,
            List<Comparison> comparisons,
            ToLongFunction<Resources> figure,
            double most,
            TestReporter reporter) {
        double[] off = comparisons.stream()
                .filter(one -> figure.applyAsLong(one.counted()) > 0)
                .mapToDouble(one -> one.off(figure))
                .sorted()
                .toArray();
        double median = off.length == 0 ? 0 : (off[(off.length - 1) / 2] + off[off.length / 2]) / 2;
        reporter.publishEntry(what, "median off by " + median + " of " + off.length);
        assertTrue(median <= most, () -> what + ": half of all are off by more than " + median);
    }

    @Test
    void a_network_explored_is_faster_where_it_takes_more() {
        Graph network = QuantizedNetworks.quantized(Zoo.graph("lenet5", 1, 3));
        Target target = target("xilinx-artix7-35t");
        List<Fit> points = Exploration.of(network, target, CompileOptions.DEFAULT);
        assertTrue(points.size() > 3, points::toString);
        for (int i = 1; i < points.size(); i++) {
            Fit slower = points.get(i - 1);
            Fit faster = points.get(i);
            assertTrue(slower.cycles() > faster.cycles());
            assertTrue(slower.binding().share() < faster.binding().share());
        }
        Hardware fastest = Hardware.fastest(network, target, CompileOptions.DEFAULT);
        Fit fit = Fit.of(fastest.design(), target);
        assertTrue(fit.fits(), fit::toString);
        long best =
                points.stream().filter(Fit::fits).mapToLong(Fit::cycles).min().orElseThrow();
        assertTrue(fit.cycles() <= best, fit.cycles() + " and " + best);
        assertEquals(fit.cycles(), fastest.design().interval());
    }
}
