package dev.sinter.cli.bench;

import dev.sinter.cli.verify.RandomInputs;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.RunContext;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.verify.StepVerdict;
import dev.sinter.ir.verify.Verification;
import dev.sinter.ir.verify.VerificationReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One network on one device, with inputs that stay.
///
/// @param compileSeconds until it could run
record Contender(Executable executable, Map<String, Tensor> inputs, double compileSeconds)
        implements Turns.Run, AutoCloseable {
    static Contender compile(Graph graph, Device device, CompileOptions options, long seed) {
        long start = System.nanoTime();
        Executable executable = Sinter.compile(graph, device, options);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Contender(executable, RandomInputs.of(executable.inputs(), seed), seconds);
    }

    Device device() {
        return executable.device();
    }

    @Override
    public void once() {
        executable.run(inputs);
    }

    /// Holds every layer against the oracle, in a network that keeps what lies between; and demands that this one,
    /// which does not, computes the same bits.
    ///
    /// @return what is wrong, if anything
    Optional<String> findFault(CompileOptions options) {
        Graph graph = executable.program().imported();
        try (Executable kept = Sinter.compile(graph, device(), options.withIntermediatesKept())) {
            VerificationReport report = Verification.bounded(kept, inputs, _ -> {});
            Optional<String> beyond =
                    report.firstFailure().map(StepVerdict::name).map(name -> name + " is beyond its bound");
            return beyond.or(() -> difference(kept.run(inputs)));
        }
    }

    private Optional<String> difference(Map<String, Tensor> judged) {
        return executable.run(inputs).entrySet().stream()
                .filter(output ->
                        !output.getValue().sameBits(Expect.present(judged.get(output.getKey()), output.getKey())))
                .map(output -> output.getKey() + " changes with what memory is kept")
                .findFirst();
    }

    /// The times of each kernel, in seconds, one of each run; empty where the device does not tell.
    Map<String, List<Double>> profile(int runs, long pauseMillis) {
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        try (RunContext context = executable.newContext()) {
            executable.inputs().forEach(input -> context.write(input, Expect.present(inputs.get(input.name()), input)));
            Turns.of(runs, pauseMillis).measure(List.of(() -> {
                executable.steps().forEach(context::start);
                context.finish();
                List<RunContext.KernelTime> times = context.times();
                times.forEach(time -> seconds.computeIfAbsent(time.kernel(), _ -> new ArrayList<>())
                        .add((time.endNanos() - time.startNanos()) / 1e9));
            }));
        }
        // The first run of each pair does not count.
        seconds.replaceAll((_, all) -> everySecond(all));
        return seconds;
    }

    private static List<Double> everySecond(List<Double> all) {
        List<Double> counted = new ArrayList<>();
        for (int i = 1; i < all.size(); i += 2) {
            counted.add(all.get(i));
        }
        return counted;
    }

    @Override
    public void close() {
        executable.close();
    }
}
