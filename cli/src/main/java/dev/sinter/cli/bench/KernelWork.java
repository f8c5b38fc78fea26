package dev.sinter.cli.bench;

import dev.sinter.cli.inspect.MultiplyAdds;
import dev.sinter.cli.inspect.NetworkReport;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.schedule.Kernels;
import java.util.ArrayList;
import java.util.List;

/// What one kernel has to do.
///
/// @param layer the last of the layers that are computed together, by which reports call them
/// @param part its number among the kernels that compute the layers, from 1
/// @param root the stage that the kernel is called for
/// @param flops two for each product that a layer as it is defined sums up
/// @param computed the same of the algorithm that was chosen: fewer by Winograd's
/// @param bytes of its arguments, each once: what no cache keeps it from moving
/// @param schedule in a few words
record KernelWork(
        String kernel,
        String layer,
        List<String> layers,
        List<String> operators,
        int part,
        int parts,
        String root,
        double flops,
        double computed,
        long bytes,
        String schedule) {
    private static final double FLOPS_PER_PRODUCT = 2;

    /// The kernels of a network in the order in which they run.
    static List<KernelWork> of(Executable executable) {
        List<KernelWork> all = new ArrayList<>();
        executable.steps().forEach(step -> all.addAll(of(step)));
        return all;
    }

    /// Two operations for each product of the network as it was imported.
    static double flops(Program program) {
        return FLOPS_PER_PRODUCT * products(program.imported());
    }

    private static long products(Graph graph) {
        return graph.nodes().stream().mapToLong(MultiplyAdds::of).sum();
    }

    private static List<KernelWork> of(Step step) {
        if (step.kernels().isEmpty()) {
            return List.of();
        }
        List<Kernels.Part> parts =
                Kernels.of(step.group(), step.schedule()::stores).parts();
        List<Node> nodes = step.cluster().nodes();
        double computed = computed(step.group().stages());
        double flops = FLOPS_PER_PRODUCT
                * nodes.stream().mapToLong(MultiplyAdds::asDefined).sum();
        List<KernelWork> works = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Kernel kernel = step.kernels().get(i);
            Kernels.Part part = parts.get(i);
            double own = computed(part.stages());
            works.add(new KernelWork(
                    kernel.name(),
                    nodes.getLast().name(),
                    nodes.stream().map(Node::name).toList(),
                    nodes.stream().map(node -> node.op().mnemonic()).toList(),
                    i + 1,
                    parts.size(),
                    part.root().name(),
                    computed == 0 ? 0 : flops * own / computed,
                    own,
                    kernel.arguments().stream().mapToLong(NetworkReport::bytes).sum(),
                    ShortSchedule.of(step, part.root())));
        }
        return works;
    }

    private static double computed(List<Stage> stages) {
        return FLOPS_PER_PRODUCT * stages.stream().mapToLong(MultiplyAdds::of).sum();
    }
}
