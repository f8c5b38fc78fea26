package dev.sinter.backend.jvm;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.exec.MemoryPlan;
import dev.sinter.ir.exec.Packing;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.RunContext;
import dev.sinter.ir.exec.Workers;
import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// The arrays of one run. Kernels are done when [#start(Step)] returns.
final class JvmRunContext implements RunContext {
    private final JvmProgram loaded;
    private final Program program;
    private final List<Object> slots = new ArrayList<>();
    private final Map<Kernel, Bound> bound = new IdentityHashMap<>();
    private final Map<Value, Packing> packings = new IdentityHashMap<>();
    private final List<KernelTime> times = new ArrayList<>();
    private boolean finished;

    /// A kernel with the arrays of its arguments.
    private record Bound(Object[] buffers, Workers.Task task) {}

    JvmRunContext(JvmProgram loaded) {
        this.loaded = loaded;
        this.program = loaded.program();
        for (MemoryPlan.Slot slot : program.memory().slots()) {
            // Slots have at least a byte, which may be less than an element.
            Object array = HeapArrays.allocate(
                    slot.element(), Math.ceilDiv(slot.bytes(), slot.element().bytes()));
            Packing.clear(HeapArrays.segment(array), slot.layout(), slot.element());
            slots.add(array);
        }
        program.kernels().forEach(kernel -> bound.put(kernel, bind(kernel)));
    }

    /// The arrays of a kernel's arguments.
    Object[] buffers(Kernel kernel) {
        return bound(kernel).buffers();
    }

    private Bound bound(Kernel kernel) {
        return Expect.present(bound.get(kernel), kernel.name());
    }

    private Bound bind(Kernel kernel) {
        Object[] buffers = kernel.arguments().stream()
                .map(argument -> loaded.constant(argument)
                        .orElseGet(() ->
                                slots.get(program.memory().slot(program.plan().memoryOf(argument.source())))))
                .toArray();
        JvmKernel compiled = loaded.kernel(kernel);
        Workers.Task task =
                new Workers.Task(compiled.workItems(), (from, until, _) -> compiled.run(buffers, from, until));
        return new Bound(buffers, task);
    }

    private Layout layout(Value value) {
        return program.plan().layout(value);
    }

    private Object array(Value value) {
        return slots.get(program.memory().slot(program.plan().memoryOf(value)));
    }

    @Override
    public void write(Value value, Tensor tensor) {
        packing(value).pack(tensor.data(), HeapArrays.segment(array(value)));
    }

    @Override
    public void start(Step step) {
        if (finished) {
            times.clear();
            finished = false;
        }
        for (Kernel kernel : step.kernels()) {
            long start = System.nanoTime();
            loaded.device().workers().run(bound(kernel).task());
            times.add(new KernelTime(kernel.name(), start, System.nanoTime()));
        }
    }

    @Override
    public void finish() {
        finished = true;
    }

    @Override
    public Tensor read(Value value) {
        Tensor tensor = Tensor.allocate(value.type());
        read(value, tensor);
        return tensor;
    }

    @Override
    public void read(Value value, Tensor into) {
        packing(value).unpack(HeapArrays.segment(array(value)), into.data());
    }

    private Packing packing(Value value) {
        return packings.computeIfAbsent(
                value, _ -> Packing.of(layout(value), value.type().element()));
    }

    @Override
    public void copy(Value from, Value to) {
        if (layout(from).equals(layout(to)) && layout(from).beside().isEmpty()) {
            HeapArrays.segment(array(to)).copyFrom(HeapArrays.segment(array(from)));
        } else {
            RunContext.super.copy(from, to);
        }
    }

    @Override
    public List<KernelTime> times() {
        List<KernelTime> all = List.copyOf(times);
        times.clear();
        return all;
    }

    /// The garbage collector frees arrays.
    @Override
    public void close() {}
}
