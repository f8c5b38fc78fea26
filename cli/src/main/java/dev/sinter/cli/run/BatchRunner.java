package dev.sinter.cli.run;

import dev.sinter.cli.file.TraceFile;
import dev.sinter.cli.input.Feeds;
import dev.sinter.cli.input.InputBatch;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.RunContext;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Gatherers;
import java.util.stream.LongStream;

/// Runs a network over all samples, batch by batch. While the device works on one batch, the next ones are read and
/// prepared.
public final class BatchRunner implements AutoCloseable {
    private final Executable executable;
    private final Feeds feeds;
    private final Trace trace;
    private final RunContext context;
    private final InputBatch inputs;
    private final KernelSeconds kernelSeconds = new KernelSeconds();

    /// A sample that was read, or why it could not be.
    private sealed interface Read {
        record Sample(long index, Map<String, Tensor> tensors) implements Read {}

        record Failed(CompileException reason) implements Read {}
    }

    /// What a network made of some samples.
    ///
    /// @param samples which ones, in the order of their rows in the outputs; fewer than rows in the last batch
    public record Batch(List<Long> samples, Map<Value, Tensor> outputs) {
        public Batch {
            samples = List.copyOf(samples);
        }

        Tensor output(Value value) {
            return Expect.present(outputs.get(value), value);
        }
    }

    public BatchRunner(Executable executable, Feeds feeds, Trace trace) {
        this.executable = executable;
        this.feeds = feeds;
        this.trace = trace;
        this.context = executable.newContext();
        this.inputs = new InputBatch(executable.inputs(), feeds.batch());
    }

    /// Runs everything once, so that what happens on a first run only is not in the time of the others.
    public void warmUp() {
        run();
        kernelSeconds.clear();
    }

    /// @param results gets each batch, in order
    /// @param unreadable gets the reason for each sample that is left out
    public void run(Consumer<Batch> results, Consumer<CompileException> unreadable) {
        int readers = Runtime.getRuntime().availableProcessors() + 1;
        LongStream.range(0, feeds.count())
                .boxed()
                .gather(Gatherers.mapConcurrent(readers, this::read))
                .<Read.Sample>mapMulti((read, next) -> {
                    switch (read) {
                        case Read.Sample sample -> next.accept(sample);
                        case Read.Failed(CompileException reason) -> unreadable.accept(reason);
                    }
                })
                .gather(Gatherers.windowFixed(Math.toIntExact(feeds.batch())))
                .forEach(samples -> results.accept(run(samples)));
    }

    private Read read(long index) {
        try {
            return new Read.Sample(index, feeds.sample(index));
        } catch (CompileException reason) {
            return new Read.Failed(reason);
        }
    }

    private Batch run(List<Read.Sample> samples) {
        inputs.fill(samples.stream().map(Read.Sample::tensors).toList());
        return new Batch(samples.stream().map(Read.Sample::index).toList(), run());
    }

    private Map<Value, Tensor> run() {
        long start = System.nanoTime();
        executable
                .inputs()
                .forEach(input ->
                        context.write(input, Expect.present(inputs.tensors().get(input.name()), input)));
        executable.steps().forEach(context::start);
        context.finish();
        long finished = System.nanoTime();
        Map<Value, Tensor> outputs = new LinkedHashMap<>();
        executable.outputs().forEach(output -> outputs.put(output, context.read(output)));
        trace.report(new Trace.Event("run", "batch", start, System.nanoTime(), Map.of()));
        tellKernels(context.times(), finished);
        return outputs;
    }

    /// The device's clock is not ours: the last kernel is taken to have ended when the device had finished.
    private void tellKernels(List<RunContext.KernelTime> times, long finished) {
        kernelSeconds.add(times);
        long last =
                times.stream().mapToLong(RunContext.KernelTime::endNanos).max().orElse(0);
        times.forEach(time -> trace.report(new Trace.Event(
                TraceFile.KERNEL,
                time.kernel(),
                finished - last + time.startNanos(),
                finished - last + time.endNanos(),
                Map.of())));
    }

    /// How long each kernel took, over all runs; empty where the device does not tell.
    public Map<String, Double> kernelSeconds() {
        return kernelSeconds.byKernel();
    }

    @Override
    public void close() {
        context.close();
    }
}
