package dev.sinter.ir.exec;

import dev.sinter.ir.graph.Value;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.type.Tensor;
import java.util.List;

/// The memory and queue of one run at a time, for one thread at a time.
public interface RunContext extends AutoCloseable {
    /// Sets a tensor in device memory.
    void write(Value value, Tensor tensor);

    /// Starts the kernels of a step, after all started before. A context of an [Executable] runs steps on the host too;
    /// those of backends are never asked to.
    void start(Step step);

    /// Waits until everything started is done.
    void finish();

    /// A copy of a tensor in device memory, once everything started is done.
    Tensor read(Value value);

    /// Copies a tensor in device memory into one of the caller's, of just its type, once everything started is done.
    default void read(Value value, Tensor into) {
        into.data().copyFrom(read(value).data());
    }

    /// Makes `to`, an input, what `from` is, once everything started is done: what one run leaves for the next. Devices
    /// with memory of their own need not move it.
    default void copy(Value from, Value to) {
        write(to, read(from));
    }

    /// Device time of the kernels of the last run, or of those since the last call; empty where the device does not
    /// tell.
    List<KernelTime> times();

    /// One run of one kernel on the device's clock.
    record KernelTime(String kernel, long startNanos, long endNanos) {}

    @Override
    void close();
}
