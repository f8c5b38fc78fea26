package dev.sinter.backend.jvm;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.exec.InProcessContext;
import dev.sinter.ir.exec.MemoryPlan;
import dev.sinter.ir.exec.Packing;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.Workers;
import dev.sinter.ir.kernel.Kernel;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// The arrays of one run.
final class JvmRunContext extends InProcessContext {
    private final JvmProgram loaded;
    private final Program program;
    private final List<Object> slots = new ArrayList<>();
    private final Map<Kernel, Bound> bound = new IdentityHashMap<>();

    /// A kernel with the arrays of its arguments.
    private record Bound(Object[] buffers, Workers.Task task) {}

    JvmRunContext(JvmProgram loaded) {
        super(loaded.program());
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

    @Override
    protected MemorySegment memory(int slot) {
        return HeapArrays.segment(slots.get(slot));
    }

    @Override
    protected void run(Kernel kernel) {
        loaded.device().workers().run(bound(kernel).task());
    }

    /// The garbage collector frees arrays.
    @Override
    public void close() {}
}
