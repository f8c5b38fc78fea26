package dev.sinter.ir.exec;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;

/// A compiled network on a device. Immutable and safe to share: each run borrows a context, of which there are as many
/// as there were runs at one time. Who compiled it closes it; [#close()] waits for runs in flight.
public final class Executable implements AutoCloseable {
    private final Program program;
    private final Device device;
    private final LoadedProgram loaded;
    private final Deque<RunContext> idle = new ArrayDeque<>();
    private int running;
    private boolean closed;

    Executable(Program program, Device device, LoadedProgram loaded) {
        this.program = program;
        this.device = device;
        this.loaded = loaded;
    }

    public Program program() {
        return program;
    }

    public Device device() {
        return device;
    }

    public List<Value> inputs() {
        return program.plan().graph().inputs();
    }

    public List<Value> outputs() {
        return program.plan().graph().outputs();
    }

    /// Runs the network.
    ///
    /// @param tensors one per input, by name, of just the input's type
    /// @return one per output, by name; where an output's extents depend on the inputs, of these extents
    /// @throws CompileException if an input is missing, unknown, or of another type, or a node on the host cannot do
    ///     with what it reads
    /// @throws IllegalStateException if this is closed
    public Map<String, Tensor> run(Map<String, Tensor> tensors) {
        Map<String, Tensor> results = new LinkedHashMap<>();
        run(tensors, context -> outputs().forEach(output -> results.put(output.name(), read(context, output))));
        return results;
    }

    /// Runs the network and leaves its results in memory of the caller's.
    ///
    /// @param tensors one per input, by name, of just the input's type
    /// @param results one per output, by name, of just the output's type; the tensors must not be read meanwhile
    /// @throws CompileException if an input or output is missing, unknown, or of another type, an output's extents
    ///     depend on the inputs, or a node on the host cannot do with what it reads
    /// @throws IllegalStateException if this is closed
    public void run(Map<String, Tensor> tensors, Map<String, Tensor> results) {
        for (Value output : outputs()) {
            if (program.plan().graph().isOpen(output)) {
                throw new CompileException(
                        Code.INPUT_SHAPE,
                        output.name(),
                        "its extents depend on the inputs, " + output.type() + " at most, so that no tensor can be"
                                + " there before it is computed",
                        "let run(inputs) return it");
            }
        }
        require(results, outputs(), Side.OUTPUT);
        run(
                tensors,
                context -> outputs()
                        .forEach(output -> read(context, output, Expect.present(results.get(output.name()), output))));
    }

    private void run(Map<String, Tensor> tensors, Consumer<RunContext> read) {
        requireInputs(tensors);
        RunContext context = borrow();
        boolean sound = false;
        try {
            for (Value input : inputs()) {
                context.write(input, Expect.present(tensors.get(input.name()), input));
            }
            for (Step step : program.plan().steps()) {
                context.start(step);
            }
            context.finish();
            read.accept(context);
            sound = true;
        } finally {
            giveBack(context, sound);
        }
    }

    private void read(RunContext context, Value output, Tensor into) {
        program.constant(output)
                .ifPresentOrElse(constant -> into.data().copyFrom(constant.data()), () -> context.read(output, into));
    }

    /// An output that is a constant lies in no device memory. Callers get a copy, for tensors can be written.
    private Tensor read(RunContext context, Value output) {
        if (program.constant(output).isEmpty()) {
            return context.read(output);
        }
        Tensor copy = Tensor.allocate(output.type());
        read(context, output, copy);
        return copy;
    }

    /// Runs a network of one input and one output.
    public Tensor run(Tensor input) {
        if (inputs().size() != 1 || outputs().size() != 1) {
            throw new CompileException(
                    Code.INPUT_NAME,
                    program.plan().graph().name(),
                    "has " + inputs().size() + " inputs and " + outputs().size() + " outputs but 1 of each is meant",
                    "give tensors by name");
        }
        Value output = outputs().getFirst();
        return Expect.present(run(Map.of(inputs().getFirst().name(), input)).get(output.name()), output);
    }

    /// As [#run(Map)], on another thread.
    public CompletableFuture<Map<String, Tensor>> runAsync(Map<String, Tensor> tensors) {
        requireInputs(tensors);
        return CompletableFuture.supplyAsync(() -> run(tensors), ForkJoinPool.commonPool());
    }

    /// A context for running step by step and looking at what lies between; the caller closes it, before this.
    ///
    /// @throws IllegalStateException if this is closed
    public RunContext newContext() {
        // Under the lock, so that nothing is closed while a driver makes something of it.
        synchronized (idle) {
            requireOpen();
            return HostSteps.around(loaded.newContext(), program);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(
                    "the executable of " + program.imported().name() + " is closed");
        }
    }

    public List<Step> steps() {
        return program.plan().steps();
    }

    private void requireInputs(Map<String, Tensor> tensors) {
        require(tensors, inputs(), Side.INPUT);
    }

    /// What a network does with tensors on its two sides, in words.
    private enum Side {
        INPUT("input", "takes"),
        OUTPUT("output", "yields");

        private final String noun;
        private final String verb;

        Side(String noun, String verb) {
            this.noun = noun;
            this.verb = verb;
        }
    }

    private static void require(Map<String, Tensor> tensors, List<Value> values, Side side) {
        for (Value value : values) {
            Tensor tensor = tensors.get(value.name());
            if (tensor == null) {
                requireKnown(tensors, values, side);
                throw new CompileException(
                        Code.INPUT_NAME,
                        value.name(),
                        "no tensor was given for this " + side.noun + "; given: " + tensors.keySet(),
                        "the " + side.noun + "s are " + values);
            }
            if (!tensor.type().shape().equals(value.type().shape())) {
                throw new CompileException(
                        Code.INPUT_SHAPE,
                        value.name(),
                        "tensor has shape " + tensor.shape() + " but the network " + side.verb + " "
                                + value.type().shape(),
                        null);
            }
            if (tensor.type().element() != value.type().element()) {
                throw new CompileException(
                        Code.INPUT_TYPE,
                        value.name(),
                        "tensor holds " + tensor.type().element() + " but the network " + side.verb + " "
                                + value.type().element(),
                        "Tensor.converted rounds to another type");
            }
        }
        if (tensors.size() > values.size()) {
            requireKnown(tensors, values, side);
        }
    }

    private static void requireKnown(Map<String, Tensor> tensors, List<Value> values, Side side) {
        List<String> names = values.stream().map(Value::name).toList();
        for (String name : tensors.keySet()) {
            if (!names.contains(name)) {
                throw new CompileException(
                        Code.INPUT_NAME,
                        name,
                        "is no " + side.noun + " of this network",
                        "its " + side.noun + "s are " + values);
            }
        }
    }

    private RunContext borrow() {
        synchronized (idle) {
            requireOpen();
            running++;
            RunContext context = idle.poll();
            if (context != null) {
                return context;
            }
        }
        try {
            return HostSteps.around(loaded.newUntimedContext(), program);
        } catch (RuntimeException | Error failure) {
            synchronized (idle) {
                running--;
                idle.notifyAll();
            }
            throw failure;
        }
    }

    private void giveBack(RunContext context, boolean sound) {
        synchronized (idle) {
            running--;
            if (sound) {
                idle.push(context);
            }
            idle.notifyAll();
        }
        if (!sound) {
            context.close();
        }
    }

    @Override
    public void close() {
        synchronized (idle) {
            if (closed) {
                return;
            }
            closed = true;
            boolean interrupted = false;
            while (running > 0) {
                try {
                    idle.wait();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            idle.forEach(RunContext::close);
            idle.clear();
        }
        loaded.close();
    }
}
