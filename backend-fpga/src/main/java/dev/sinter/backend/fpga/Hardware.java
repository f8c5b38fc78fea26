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
    /// The name of the module that holds all others.
    private static final String TOP = "sinter_network";

    /// @throws dev.sinter.ir.diag.CompileException if the network, or a layer of it, cannot become hardware
    public static Hardware of(Graph graph, Target target, Folding folding, CompileOptions options) {
        Graph optimised = Sinter.optimised(graph, options);
        IntegerCore core = IntegerCore.of(optimised);
        Graph network = core.network();
        Policy policy = Policy.folded(
                folding,
                source ->
                        source instanceof Value value && network.constant(value).isPresent());
        Program program = Sinter.program(network, target, options.withPolicy(policy));
        Design design = DesignBuilder.build(TOP, program, target, value -> IntegerCore.range(optimised, value));
        return new Hardware(core, program, design);
    }
}
