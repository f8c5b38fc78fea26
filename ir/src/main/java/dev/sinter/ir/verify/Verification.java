package dev.sinter.ir.verify;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.RunContext;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.interp.Judge;
import dev.sinter.ir.interp.Judgement;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.op.Role;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.rewrite.Provenance;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Holds a compiled network against the imported one, step by step: what the device computed for a step's inputs is
/// what the oracle computes the step's output from, so that errors do not add up from step to step, and the first wrong
/// step is named.
public final class Verification {
    private final Executable executable;
    private final Graph imported;
    private final Provenance provenance;
    private final Set<Value> folded;
    private final Consumer<StepVerdict> progress;
    private final List<StepVerdict> verdicts = new ArrayList<>();
    private final List<Step> unjudged = new ArrayList<>();
    private final List<Step> unchecked = new ArrayList<>();
    private final AwaitedSteps awaited;

    private Verification(Executable executable, Graph imported, Consumer<StepVerdict> progress) {
        this.executable = executable;
        this.imported = imported;
        this.progress = progress;
        this.provenance = Provenance.of(imported, executable.program().plan().graph());
        this.awaited = new AwaitedSteps(provenance);
        this.folded = withoutWeights(imported, provenance.folded());
    }

    /// Runs the network on `inputs` and judges each element of each step by its error bound.
    public static VerificationReport bounded(
            Executable executable, Map<String, Tensor> inputs, Consumer<StepVerdict> progress) {
        return bounded(executable, executable.program().imported(), inputs, progress);
    }

    /// As [#bounded(Executable, Map, Consumer)], against a network other than the one that was compiled but with the
    /// same values: for showing that a wrong network is found out.
    public static VerificationReport bounded(
            Executable executable, Graph imported, Map<String, Tensor> inputs, Consumer<StepVerdict> progress) {
        return new Verification(executable, imported, progress).bounded(inputs);
    }

    /// Gives each step small integers for inputs and judges it bit for bit. The executable must have been compiled from
    /// an [ExactNetwork].
    public static VerificationReport exact(Executable executable, long seed, Consumer<StepVerdict> progress) {
        return exact(executable, executable.program().imported(), seed, progress);
    }

    /// As [#exact(Executable, long, Consumer)], against another network with the same values.
    public static VerificationReport exact(
            Executable executable, Graph imported, long seed, Consumer<StepVerdict> progress) {
        return new Verification(executable, imported, progress).exact(seed);
    }

    /// A contraction's bound has room for one more rounding of each product, and so of its weights: charged apart, they
    /// would take the oracle off its quick path.
    private static Set<Value> withoutWeights(Graph graph, Set<Value> folded) {
        Set<Value> others = new HashSet<>(folded);
        graph.nodes().stream()
                .filter(node -> node.op().role() == Role.CONTRACTION)
                .forEach(node -> others.removeAll(node.inputs()));
        return others;
    }

    private VerificationReport bounded(Map<String, Tensor> values) {
        Map<Value, Tensor> known = new IdentityHashMap<>();
        StepInputs sources =
                new StepInputs(imported, executable.program().plan().graph(), provenance);
        try (RunContext context = executable.newContext()) {
            for (Value input : executable.inputs()) {
                Tensor tensor = Expect.present(values.get(input.name()), input);
                context.write(input, tensor);
                learn(known, input, tensor);
            }
            for (Step step : executable.steps()) {
                context.start(step);
                context.finish();
                if (step.runsOnHost()) {
                    unchecked.add(step);
                    step.outputs().forEach(output -> learn(known, output, context.read(output)));
                    continue;
                }
                if (awaited.await(step)) {
                    continue;
                }
                Rounding rounding = rounding(awaited.judgedWith(step));
                // All of them before any is known: none is to be judged by another.
                Map<Value, Tensor> device = new LinkedHashMap<>();
                step.outputs().forEach(output -> device.put(output, context.read(output)));
                device.forEach((output, tensor) -> {
                    Map<Value, Tensor> read = sources.of(inputsOf(step), output, known);
                    add(step, StepVerdict.Mode.BOUND, judge(rounding, read, output, tensor));
                });
                device.forEach((output, tensor) -> learn(known, output, tensor));
            }
        }
        unjudged.addAll(awaited.left());
        return new VerificationReport(verdicts, awaited.settled(), unjudged, unchecked);
    }

    private VerificationReport exact(long seed) {
        try (RunContext context = executable.newContext()) {
            long number = 0;
            // What steps that are judged later have read.
            Map<Value, Tensor> known = new IdentityHashMap<>();
            for (Step step : executable.steps()) {
                if (step.runsOnHost()) {
                    unchecked.add(step);
                    continue;
                }
                Set<Value> inputs = inputsOf(step);
                inputs.removeIf(input -> known.containsKey(input) || awaited.yields(input));
                for (Value input : inputs) {
                    context.write(input, ExactNetwork.integers(input.type(), seed + ++number));
                }
                // What was written last counts, where two values share memory: a tensor and its reshape.
                inputs.forEach(input -> learn(known, input, context.read(input)));
                if (!inputs.stream().allMatch(provenance::isImported)) {
                    unjudged.add(step);
                    continue;
                }
                context.start(step);
                context.finish();
                if (awaited.await(step)) {
                    continue;
                }
                Rounding rounding = rounding(awaited.judgedWith(step));
                for (Value output : step.outputs()) {
                    judgeExactly(step, rounding, output, known, context.read(output));
                }
                if (awaited.isEmpty()) {
                    known.clear();
                }
            }
        }
        unjudged.addAll(awaited.left());
        return new VerificationReport(verdicts, awaited.settled(), unjudged, unchecked);
    }

    private Set<Value> inputsOf(Step step) {
        Set<Value> inputs = step.cluster().inputs();
        inputs.removeIf(input -> executable.program().constant(input).isPresent());
        return inputs;
    }

    private void judgeExactly(Step step, Rounding rounding, Value output, Map<Value, Tensor> known, Tensor device) {
        ExactOracle oracle = new ExactOracle(imported, known, output);
        if (!oracle.isDetermined()) {
            unjudged.add(step);
            return;
        }
        StepVerdict.Mode mode = oracle.mode(rounding);
        Judgement judgement = switch (mode) {
            case EXACT -> Judge.exact(device, oracle.values());
            case NEAREST -> Judge.exact(ExactOracle.nearest(device), oracle.values());
            case EXACT_BUT_DIVISION -> new Judge(Rounding.serial()).judge(device, _ -> oracle.withDivision());
            case BOUND -> judge(rounding, known, output, device);
        };
        add(step, mode, judgement);
    }

    /// How the kernels of some steps round.
    private static Rounding rounding(List<Step> steps) {
        Rounding rounding = Rounding.serial();
        for (Step step : steps) {
            for (Node node : step.cluster().nodes()) {
                rounding = node.op().rounding(rounding);
            }
        }
        return rounding;
    }

    private Judgement judge(Rounding rounding, Map<Value, Tensor> known, Value output, Tensor device) {
        Judge judge = new Judge(rounding);
        return judge.judge(device, assumed -> new Interpreter(imported, assumed, folded).between(known, output));
    }

    /// Notes what the device has for a value, and so for all that are the same tensor in the imported network.
    private void learn(Map<Value, Tensor> known, Value compiled, Tensor tensor) {
        known.put(compiled, tensor);
        provenance.byImported().forEach((value, same) -> {
            if (same == compiled) {
                known.put(value, tensor);
            }
        });
    }

    private void add(Step step, StepVerdict.Mode mode, Judgement judgement) {
        StepVerdict verdict = new StepVerdict(step, mode, judgement);
        verdicts.add(verdict);
        progress.accept(verdict);
    }
}
