package dev.sinter.backend.fpga;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.plan.Folding;
import dev.sinter.ir.plan.Policy;
import dev.sinter.ir.schedule.Target;
import java.util.Optional;

/// A quantised network, and the hardware that it becomes.
///
/// @param core what of the network is hardware, and what is left to the host
/// @param program the kernels that the hardware is printed from
/// @param design the hardware
public record Hardware(IntegerCore core, Program program, Design design) {
    /// One multiplier more is made of logic where there are so many blocks.
    private static final long IN_LOGIC = 8;

    /// Paces that differ by less than one in so many are as good as the same.
    private static final long CLOSE = 16;

    /// As many look-up tables are less than a multiplier of bytes takes.
    private static final long SMALLEST_MULTIPLIER = 64;

    /// How much slower is tried where there is no hardware for a pace.
    private static final double SLOWER = 1.4;

    /// The name of the module that holds all others.
    private static final String TOP = "sinter_network";

    /// The fastest that the chip has room for, as far as can be told before synthesis; the smallest, if it has room for
    /// none.
    ///
    /// @throws CompileException if the network, or a layer of it, cannot become hardware
    public static Hardware fastest(Graph graph, Target target, CompileOptions options) {
        Source source = Source.of(graph, target, options);
        Hardware best = source.hardware(Folding.onto(1));
        long slow = best.design().interval();
        long fast = 1;
        while (slow - fast > slow / CLOSE) {
            long pace = (slow + fast) / 2;
            Hardware hardware = source.hardware(Folding.pace(pace));
            if (hasRoom(target, hardware.design())) {
                best = hardware;
                slow = Math.min(pace, hardware.design().interval());
            } else {
                fast = pace;
            }
        }
        // Of kernels that need not be faster than the slowest, smaller ones will do.
        Hardware smaller = source.hardware(Folding.pace(best.design().interval()));
        boolean asGood = smaller.design().interval() <= best.design().interval() && hasRoom(target, smaller.design());
        return asGood ? smaller : best;
    }

    /// Where nothing is known of a chip's cells its multipliers are counted alone, with a few more that are made of
    /// logic.
    private static boolean hasRoom(Target target, Design design) {
        if (target.fpga().flatMap(Target.Fpga::family).isPresent()) {
            return Fit.of(design, target).fits();
        }
        long blocks = target.fpga().map(Target.Fpga::dsps).orElse(Long.MAX_VALUE / 2);
        return design.multipliers() <= blocks + blocks / IN_LOGIC;
    }

    /// @throws CompileException if the network, or a layer of it, cannot become hardware
    public static Hardware of(Graph graph, Target target, Folding folding, CompileOptions options) {
        return Source.of(graph, target, options).hardware(folding);
    }

    /// What hardware is made of, however it is folded.
    record Source(Graph optimised, IntegerCore core, Target target, CompileOptions options) {
        static Source of(Graph graph, Target target, CompileOptions options) {
            Graph optimised = Sinter.optimised(graph, options);
            return new Source(optimised, IntegerCore.of(optimised), target, options);
        }

        /// As fast as the folding says, or as fast as there is hardware for: of layers that compute nearly all at once
        /// there is none.
        Hardware hardware(Folding wanted) {
            Folding folding = new Folding(wanted.pace(), Math.min(wanted.multipliers(), most()));
            return possible(folding).orElseGet(() -> slower(folding));
        }

        /// More multipliers than a chip can have are not tried.
        private long most() {
            return target.fpga()
                    .map(chip -> chip.dsps() + Math.ceilDiv(chip.logicCells(), SMALLEST_MULTIPLIER))
                    .orElse(Long.MAX_VALUE);
        }

        private Hardware slower(Folding folding) {
            // Where the slowest is none either, it is not for the pace.
            Hardware slowest = exactly(Folding.onto(1));
            for (double pace = SLOWER * folding.pace(); pace < slowest.design().interval(); pace *= SLOWER) {
                Optional<Hardware> hardware = possible(new Folding((long) Math.ceil(pace), folding.multipliers()));
                if (hardware.isPresent()) {
                    return hardware.get();
                }
            }
            return slowest;
        }

        private Optional<Hardware> possible(Folding folding) {
            try {
                return Optional.of(exactly(folding));
            } catch (CompileException tooFast) {
                if (tooFast.code() != Code.FPGA_LAYER) {
                    throw tooFast;
                }
                return Optional.empty();
            }
        }

        private Hardware exactly(Folding folding) {
            Graph network = core.network();
            Policy policy = Policy.folded(
                    folding,
                    source -> source instanceof Value value
                            && network.constant(value).isPresent());
            Program program = Sinter.program(network, target, options.withPolicy(policy));
            Design design = DesignBuilder.build(TOP, program, target, value -> IntegerCore.range(optimised, value));
            return new Hardware(core, program, design);
        }
    }
}
