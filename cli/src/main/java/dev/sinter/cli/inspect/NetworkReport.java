package dev.sinter.cli.inspect;

import dev.sinter.ir.diag.Place;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.Launch;
import dev.sinter.ir.plan.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What became of a network on a target.
///
/// @param layers the nodes of the compiled graph, in order
/// @param onHost layers that no kernel computes, with their operators: they run in the oracle's code, not checked
///     independently
/// @param absorbed nodes of the imported graph that the passes made part of others or removed: none has its name now
public record NetworkReport(
        int version,
        String model,
        String target,
        List<Port> inputs,
        List<Port> outputs,
        int importedNodes,
        List<Layer> layers,
        List<String> onHost,
        List<String> absorbed,
        List<KernelEntry> kernels,
        Totals totals) {
    private static final int VERSION = 1;

    /// An input or output.
    public record Port(String name, String type) {
        static Port of(Value value) {
            return new Port(value.name(), value.type().toString());
        }

        /// Of a value whose extents are known only once the network has run.
        static Port atMost(Value value) {
            return new Port(value.name(), "at most " + value.type());
        }
    }

    /// @param multiplyAdds products that are summed up: one for each of a convolution's weights and output points
    /// @param onHost true if the host computes it, and no kernel
    /// @param kernels what computes it; empty where the host does, or where it only gives the same bytes another shape
    /// @param notFused why it is in another kernel than a layer that it reads from
    public record Layer(
            String name,
            String operator,
            String output,
            long parameters,
            long multiplyAdds,
            boolean onHost,
            List<String> kernels,
            List<NotFused> notFused) {}

    /// Two layers in different kernels.
    ///
    /// @param producer the layer that is read from
    public record NotFused(String producer, String reason) {}

    /// @param part which of the kernels that compute these layers together, from 1
    /// @param launch work-items per dimension, innermost first; empty for a single task, which is one work-item
    /// @param workGroup of as many dimensions; empty leaves it to the device
    /// @param schedule where a file has the schedule; null where the compiler chose it
    /// @param tuned where the schedule stands that was measured to be the fastest; null where none was
    public record KernelEntry(
            String name,
            List<String> layers,
            List<String> operators,
            int part,
            int parts,
            List<Long> launch,
            List<Long> workGroup,
            long bytesRead,
            long bytesOfConstants,
            long bytesWritten,
            @Nullable String schedule,
            @Nullable String tuned) {}

    /// @param memoryBytes for inputs, outputs and what lies between, beside the constants
    /// @param peakBytes what of these is needed at one time at most
    /// @param separateBytes what they would take if no two shared memory
    public record Totals(
            long parameters,
            long multiplyAdds,
            long constantBytes,
            long memoryBytes,
            long peakBytes,
            long separateBytes) {}

    public static NetworkReport of(String model, String target, Program program) {
        Graph graph = program.plan().graph();
        Map<Node, List<String>> kernels = new HashMap<>();
        program.plan().steps().forEach(step -> step.cluster().nodes().forEach(node -> kernels.put(node, names(step))));
        List<Layer> layers = graph.nodes().stream()
                .map(node -> layer(node, program, kernels.getOrDefault(node, List.of())))
                .toList();
        return new NetworkReport(
                VERSION,
                model,
                target,
                graph.inputs().stream().map(Port::of).toList(),
                graph.outputs().stream()
                        .map(output -> graph.isOpen(output) ? Port.atMost(output) : Port.of(output))
                        .toList(),
                program.imported().nodes().size(),
                layers,
                program.onHost().stream().map(Node::label).toList(),
                absorbed(program),
                program.plan().steps().stream()
                        .flatMap(step -> step.kernels().stream().map(kernel -> entry(kernel, step, program)))
                        .toList(),
                new Totals(
                        graph.constants().keySet().stream()
                                .mapToLong(value -> value.type().shape().elements())
                                .sum(),
                        layers.stream().mapToLong(Layer::multiplyAdds).sum(),
                        graph.constants().keySet().stream()
                                .mapToLong(value -> value.type().bytes())
                                .sum(),
                        program.memory().bytes(),
                        program.memory().peakBytes(),
                        program.memory().separateBytes()));
    }

    private static List<String> names(Step step) {
        return step.kernels().stream().map(Kernel::name).toList();
    }

    private static Layer layer(Node node, Program program, List<String> kernels) {
        Graph graph = program.plan().graph();
        long parameters = node.inputs().stream()
                .distinct()
                .flatMap(input -> graph.constant(input).stream())
                .mapToLong(constant -> constant.shape().elements())
                .sum();
        List<NotFused> notFused = program.plan().refusals().stream()
                .filter(refusal -> refusal.consumer() == node)
                .map(refusal -> new NotFused(refusal.producer().name(), refusal.reason()))
                .toList();
        return new Layer(
                node.name(),
                node.op().mnemonic(),
                (graph.isOpen(node.output()) ? "at most " : "") + node.output().type(),
                parameters,
                MultiplyAdds.of(node),
                node.op().runsOnHost(),
                kernels,
                notFused);
    }

    private static List<String> absorbed(Program program) {
        Set<String> left = new HashSet<>();
        program.plan().graph().nodes().forEach(node -> left.add(node.name()));
        return program.imported().nodes().stream()
                .filter(node -> !left.contains(node.name()))
                .map(Node::label)
                .toList();
    }

    private static KernelEntry entry(Kernel kernel, Step step, Program program) {
        long read = 0;
        long constants = 0;
        long written = 0;
        for (Kernel.Argument argument : kernel.arguments()) {
            long bytes = bytes(argument);
            if (argument.written()) {
                written += bytes;
            } else if (program.constant(argument.source()).isPresent()) {
                constants += bytes;
            } else {
                read += bytes;
            }
        }
        return new KernelEntry(
                kernel.name(),
                step.cluster().nodes().stream().map(Node::name).toList(),
                step.cluster().nodes().stream()
                        .map(node -> node.op().mnemonic())
                        .toList(),
                step.kernels().indexOf(kernel) + 1,
                step.kernels().size(),
                globalSize(kernel.launch()),
                workGroup(kernel.launch()),
                read,
                constants,
                written,
                step.writtenAt().map(Place::toString).orElse(null),
                step.tunedAt().map(Place::toString).orElse(null));
    }

    /// What a kernel reads or writes of an argument, each element once.
    public static long bytes(Kernel.Argument argument) {
        return argument.layout().ownElements() * argument.buffer().element().bytes();
    }

    /// Work-items per dimension, innermost first; empty for a single task.
    public static List<Long> globalSize(Launch launch) {
        return switch (launch) {
            case Launch.NdRange(List<Launch.Dimension> dimensions) ->
                dimensions.stream().map(Launch.Dimension::extent).toList();
            case Launch.SingleTask() -> List.of();
        };
    }

    /// The size of a work-group in the same order.
    public static List<Long> workGroup(Launch launch) {
        return switch (launch) {
            case Launch.NdRange(List<Launch.Dimension> dimensions) ->
                dimensions.stream().map(dimension -> dimension.item().extent()).toList();
            case Launch.SingleTask() -> List.of();
        };
    }
}
