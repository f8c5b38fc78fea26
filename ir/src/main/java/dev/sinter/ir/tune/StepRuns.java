package dev.sinter.ir.tune;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.RunContext;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Handles;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// A network that runs step by step: how long each takes, and what it reads.
final class StepRuns implements AutoCloseable {
    private static final int ROUNDS = 3;

    private final Executable executable;
    private final Program program;
    private final Map<String, Tensor> inputs;
    private final RunContext context;

    StepRuns(Executable executable, Map<String, Tensor> inputs) {
        this.executable = executable;
        this.program = executable.program();
        this.inputs = inputs;
        this.context = executable.newContext();
        Warming.run(executable.device(), this::seconds);
    }

    /// A step in its network.
    ///
    /// @param position among the network's steps
    /// @param name as schedule text has it
    /// @param inputs what it reads, constants left out
    /// @param reference the layers before the planner chose their algorithms
    /// @param others what the other steps move in a run
    record Place(
            int position, String name, Map<Value, Tensor> inputs, Optional<Graph> reference, OtherTraffic others) {}

    private void write() {
        executable.inputs().forEach(input -> context.write(input, Expect.present(inputs.get(input.name()), input)));
    }

    /// The seconds of a run of the whole network.
    double seconds() {
        write();
        return Contender.seconds(context, executable.steps());
    }

    /// Those steps that kernels compute, each form once, what takes longest first; what is known comes last.
    List<TuningTask> tasks(Predicate<String> isKnown) {
        double[][] seconds = new double[executable.steps().size()][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            write();
            for (int step = 0; step < seconds.length; step++) {
                seconds[step][round] =
                        Contender.seconds(context, List.of(executable.steps().get(step)));
            }
        }
        Map<String, List<Step>> byForm = new LinkedHashMap<>();
        Map<String, Double> times = new LinkedHashMap<>();
        for (int step = 0; step < seconds.length; step++) {
            Step one = executable.steps().get(step);
            if (!one.kernels().isEmpty()) {
                Arrays.sort(seconds[step]);
                byForm.computeIfAbsent(one.form(), _ -> new ArrayList<>()).add(one);
                times.merge(one.form(), seconds[step][ROUNDS / 2], Double::sum);
            }
        }
        return byForm.entrySet().stream()
                .map(entry -> new TuningTask(
                        entry.getKey(),
                        layers(entry.getValue().getFirst())
                                .orElse(entry.getValue().getFirst().cluster().nodes()),
                        entry.getValue(),
                        Expect.present(times.get(entry.getKey()), entry.getKey())
                                / entry.getValue().size(),
                        isKnown.test(entry.getKey())))
                .sorted(Comparator.comparing(TuningTask::known)
                        .thenComparing(Comparator.comparingDouble(TuningTask::totalSeconds)
                                .reversed()))
                .toList();
    }

    /// Runs the network up to a task's step.
    Place place(TuningTask task) {
        Step step = task.step();
        int position = executable.steps().indexOf(step);
        write();
        executable.steps().subList(0, position).forEach(context::start);
        context.finish();
        Map<Value, Tensor> read = new IdentityHashMap<>();
        program.plan().variables(step).forEach(value -> read.put(value, tensor(value)));
        Handles<Group> names =
                new Handles<>(executable.steps().stream().map(Step::group).toList(), Group::name);
        return new Place(
                position,
                names.text(step.group()),
                read,
                layers(step).map(layers -> reference(layers, step)),
                new OtherTraffic(executable.device().target(), bytes() - bytes(step)));
    }

    private Tensor tensor(Value value) {
        return program.constant(value)
                .map(constant -> constant.reshaped(value.type().shape()))
                .orElseGet(() -> context.read(value));
    }

    private long bytes() {
        return executable.steps().stream().mapToLong(StepRuns::bytes).sum();
    }

    private static long bytes(Step step) {
        return step.kernels().stream()
                .flatMap(kernel -> kernel.arguments().stream())
                .mapToLong(StepRuns::bytes)
                .sum();
    }

    private static long bytes(Kernel.Argument argument) {
        return argument.layout().ownElements() * argument.buffer().element().bytes();
    }

    /// The layers that compute what the step does in the network before algorithms were chosen; empty if those do not
    /// read the same.
    private Optional<List<Node>> layers(Step step) {
        Graph before = program.imported();
        Set<Value> read = program.plan().variables(step);
        if (!before.lacking(read, step.outputs()).isEmpty()) {
            return Optional.empty();
        }
        Set<Node> nodes = before.between(read, step.outputs());
        return Optional.of(before.nodes().stream().filter(nodes::contains).toList());
    }

    /// These layers as a network of what the step reads.
    private Graph reference(List<Node> layers, Step step) {
        Graph before = program.imported();
        return before.part(before.name(), program.plan().variables(step), layers, step.outputs());
    }

    @Override
    public void close() {
        context.close();
    }
}
