package dev.sinter.backend.fpga;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.plan.Folding;
import dev.sinter.ir.plan.Policy;
import dev.sinter.ir.schedule.Target;

/// A quantised network, and the hardware that it becomes.
///
/// @param core what of the network is hardware, and what is left to the host
/// @param program the kernels that the hardware is printed from
/// @param design the hardware
public record Hardware(IntegerCore core, Program program, Design design) {
    /// One multiplier is made of logic where there are so many blocks.
    private static final long IN_LOGIC = 8;

    /// Paces that differ by less than one in so many are as good as the same.
    private static final long CLOSE = 16;

    /// The name of the module that holds all others.
    private static final String TOP = "sinter_network";

    /// The fastest that has little more multipliers than the chip has blocks for: the others are made of logic.
    ///
    /// @throws dev.sinter.ir.diag.CompileException if the network, or a layer of it, cannot become hardware
    public static Hardware fastest(Graph graph, Target target, CompileOptions options) {
        Source source = Source.of(graph, target, options);
        long blocks = target.fpga().map(Target.Fpga::dsps).orElse(Long.MAX_VALUE / 2);
        long most = blocks + blocks / IN_LOGIC;
        Hardware best = source.hardware(Folding.onto(1));
        long slow = best.design().interval();
        long fast = 1;
        while (slow - fast > slow / CLOSE) {
            long pace = (slow + fast) / 2;
            Hardware hardware = source.hardware(Folding.pace(pace));
            if (hardware.design().multipliers() <= most) {
                best = hardware;
                slow = Math.min(pace, hardware.design().interval());
            } else {
                fast = pace;
            }
        }
        return best;
    }

    /// @throws dev.sinter.ir.diag.CompileException if the network, or a layer of it, cannot become hardware
    public static Hardware of(Graph graph, Target target, Folding folding, CompileOptions options) {
        return Source.of(graph, target, options).hardware(folding);
    }

    /// What hardware is made of, however it is folded.
    private record Source(Graph optimised, IntegerCore core, Target target, CompileOptions options) {
        static Source of(Graph graph, Target target, CompileOptions options) {
            Graph optimised = Sinter.optimised(graph, options);
            return new Source(optimised, IntegerCore.of(optimised), target, options);
        }

        Hardware hardware(Folding folding) {
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
