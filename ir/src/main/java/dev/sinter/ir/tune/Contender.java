package dev.sinter.ir.tune;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.RunContext;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.plan.Plan;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.verify.StepVerdict;
import dev.sinter.ir.verify.Verification;
import dev.sinter.ir.verify.VerificationReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One schedule of a step on the device: the step's kernels as they are in the network, with tensors as they lie there,
/// and the very inputs that they have there.
final class Contender implements AutoCloseable {
    private final Executable executable;
    private final RunContext context;
    private final Map<Value, Tensor> inputs;
    private final OtherTraffic others;

    private Contender(Executable executable, Map<Value, Tensor> inputs, OtherTraffic others) {
        this.executable = executable;
        this.context = executable.newContext();
        this.inputs = inputs;
        this.others = others;
    }

    /// @param plan of the whole network
    /// @param reference what the oracle computes of the same inputs; empty takes the layers as they are planned
    /// @throws dev.sinter.ir.diag.CompileException if the device cannot build it
    static Contender of(
            Plan plan,
            Step step,
            Optional<Graph> reference,
            Device device,
            Map<Value, Tensor> inputs,
            OtherTraffic others,
            Trace trace) {
        Plan alone = plan.only(step);
        Program program = Program.of(alone, reference.orElse(alone.graph()), true);
        Executable executable = Sinter.load(program, device, trace);
        try {
            Contender contender = new Contender(executable, inputs, others);
            contender.warm();
            return contender;
        } catch (RuntimeException | Error failure) {
            executable.close();
            throw failure;
        }
    }

    /// Runs until it is as fast as it will be. On the JVM that is not for ever: HotSpot may take back what it compiled
    /// when something else runs.
    void warm() {
        Warming.run(executable.device(), () -> seconds(context, executable.steps()));
    }

    /// Runs the step once, from inputs that were just written as by the layers before, and returns how long it took.
    double seconds() {
        others.pass();
        executable.inputs().forEach(input -> context.write(input, Expect.present(inputs.get(input), input)));
        return seconds(context, executable.steps());
    }

    /// From the start of the first kernel to the end of the last, on the device's clock if it tells.
    static double seconds(RunContext context, List<Step> steps) {
        long start = System.nanoTime();
        steps.forEach(context::start);
        context.finish();
        long wall = System.nanoTime() - start;
        List<RunContext.KernelTime> times = context.times();
        if (times.isEmpty()) {
            return wall * 1e-9;
        }
        return (times.getLast().endNanos() - times.getFirst().startNanos()) * 1e-9;
    }

    /// What the oracle objects to; empty if every element is within its bound.
    Optional<String> fault() {
        Map<String, Tensor> named = new LinkedHashMap<>();
        executable.inputs().forEach(input -> named.put(input.name(), Expect.present(inputs.get(input), input)));
        VerificationReport report = Verification.bounded(executable, named, _ -> {});
        return report.firstFailure().map(Contender::told);
    }

    private static String told(StepVerdict verdict) {
        return verdict.name() + " is wrong: " + verdict.judgement().beyond() + " of "
                + verdict.judgement().elements() + " elements are beyond their bounds";
    }

    @Override
    public void close() {
        context.close();
        executable.close();
    }
}
