package dev.sinter.ir.exec;

import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.type.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// A context whose tensors lie in memory of this process and whose kernels threads of this process run: what was
/// started is done when [#start(Step)] returns, and a tensor is written and read where it lies.
public abstract class InProcessContext implements RunContext {
    private final Program program;
    private final Map<Value, Packing> packings = new IdentityHashMap<>();

    /// The kernels of the last run, and from when until when each of them ran, one after the other.
    private final List<Kernel> started = new ArrayList<>();

    private long[] clock = new long[16];
    private boolean finished;

    protected InProcessContext(Program program) {
        this.program = program;
    }

    /// The memory of a slot of the program's plan.
    protected abstract MemorySegment memory(int slot);

    /// Runs a kernel, and returns when it is done.
    protected abstract void run(Kernel kernel);

    private MemorySegment memory(Value value) {
        return memory(program.memory().slot(program.plan().memoryOf(value)));
    }

    private Layout layout(Value value) {
        return program.plan().layout(value);
    }

    private Packing packing(Value value) {
        return packings.computeIfAbsent(
                value, _ -> Packing.of(layout(value), value.type().element()));
    }

    @Override
    public final void write(Value value, Tensor tensor) {
        packing(value).pack(tensor.data(), memory(value));
    }

    @Override
    public final void start(Step step) {
        if (finished) {
            started.clear();
            finished = false;
        }
        for (Kernel kernel : step.kernels()) {
            int place = 2 * started.size();
            if (place == clock.length) {
                clock = Arrays.copyOf(clock, 2 * clock.length);
            }
            clock[place] = System.nanoTime();
            run(kernel);
            clock[place + 1] = System.nanoTime();
            started.add(kernel);
        }
    }

    @Override
    public final void finish() {
        finished = true;
    }

    @Override
    public final Tensor read(Value value) {
        Tensor tensor = Tensor.allocate(value.type());
        read(value, tensor);
        return tensor;
    }

    @Override
    public final void read(Value value, Tensor into) {
        packing(value).unpack(memory(value), into.data());
    }

    @Override
    public final void copy(Value from, Value to) {
        if (layout(from).equals(layout(to)) && layout(from).beside().isEmpty()) {
            memory(to).copyFrom(memory(from));
        } else {
            RunContext.super.copy(from, to);
        }
    }

    @Override
    public final List<KernelTime> times() {
        List<KernelTime> times = new ArrayList<>();
        for (int place = 0; place < started.size(); place++) {
            times.add(new KernelTime(started.get(place).name(), clock[2 * place], clock[2 * place + 1]));
        }
        started.clear();
        return List.copyOf(times);
    }
}
