package dev.sinter.ir.exec;

import dev.sinter.ir.expr.Source;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.plan.Plan;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.type.Tensor;
import java.util.List;

/// A network ready for a device: kernels in order, memory, constants.
///
/// @param imported the network as it was given: what the oracle runs
/// @param plan the network as it was compiled
public record Program(Graph imported, Plan plan, MemoryPlan memory) {
    /// The same for devices without channels: buffers in their place.
    public Program withoutChannels() {
        return new Program(imported, plan.withoutChannels(), memory);
    }

    /// A network that was planned already, such as one of its steps by itself.
    ///
    /// @param imported what the oracle is to compute of the same inputs
    /// @param keepIntermediates gives every tensor memory of its own
    public static Program of(Plan plan, Graph imported, boolean keepIntermediates) {
        return new Program(imported, plan, MemoryPlan.of(plan.withoutChannels(), keepIntermediates));
    }

    /// The kernels in the order in which they run.
    public List<Kernel> kernels() {
        return plan.steps().stream().map(Step::kernels).flatMap(List::stream).toList();
    }

    /// What runs on the host, in the oracle's code: nobody checks it independently, so every report names it.
    public List<Node> onHost() {
        return plan.steps().stream()
                .filter(Step::runsOnHost)
                .map(step -> step.cluster().last())
                .toList();
    }

    /// The constant behind a kernel's argument, if it is one.
    public java.util.Optional<Tensor> constant(Source source) {
        Source owner = plan.memoryOf(source);
        return owner instanceof dev.sinter.ir.graph.Value value
                ? plan.graph().constant(value)
                : java.util.Optional.empty();
    }
}
