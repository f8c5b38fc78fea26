package dev.sinter.backend.opencl;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.exec.MemoryPlan;
import dev.sinter.ir.exec.Packing;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.Workers;
import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.type.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jocl.CLException;

/// For a driver that computes a kernel in the thread that starts it: threads of this process start pieces of each
/// kernel, and tensors lie in memory of this process, which the driver is told of. A start costs a microsecond, nothing
/// is copied, and what was started is done.
final class WorkerRunContext implements OpenClRunContext {
    private final OpenClProgram loaded;
    private final Program program;
    private final Workers workers;
    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> slots = new ArrayList<>();
    private final List<PieceStarter> starters = new ArrayList<>();
    private final Map<Kernel, Workers.Task> tasks = new IdentityHashMap<>();
    private final Map<Value, Packing> packings = new IdentityHashMap<>();
    private final List<KernelTime> times = new ArrayList<>();
    private boolean finished;

    private WorkerRunContext(OpenClProgram loaded, Workers workers) {
        this.loaded = loaded;
        this.program = loaded.program();
        this.workers = workers;
    }

    static WorkerRunContext create(OpenClProgram loaded, Workers workers) {
        WorkerRunContext context = new WorkerRunContext(loaded, workers);
        try {
            context.allocate();
            context.bind();
            return context;
        } catch (CLException failure) {
            context.close();
            throw DeviceFailures.of(failure, loaded.device(), "making buffers");
        } catch (RuntimeException | Error failure) {
            context.close();
            throw failure;
        }
    }

    private void allocate() {
        for (MemoryPlan.Slot slot : program.memory().slots()) {
            MemorySegment memory = HostMemory.allocate(arena, slot.bytes());
            Packing.clear(memory, slot.layout(), slot.element());
            slots.add(memory);
        }
    }

    private void bind() {
        for (int worker = 0; worker < workers.threads(); worker++) {
            starters.add(new PieceStarter(loaded, this::memory));
        }
        for (Kernel kernel : loaded.kernels()) {
            Pieces pieces = Pieces.of(kernel.launch());
            starters.forEach(starter -> starter.bind(kernel, pieces));
            tasks.put(
                    kernel,
                    new Workers.Task(
                            pieces.most(),
                            (from, until, worker) -> starters.get(worker).start(kernel, from, until)));
        }
    }

    private MemorySegment memory(Kernel.Argument argument) {
        return loaded.isConstant(argument)
                ? loaded.constantMemory(argument)
                : slots.get(program.memory().slot(program.plan().memoryOf(argument.source())));
    }

    private MemorySegment memory(Value value) {
        return slots.get(program.memory().slot(program.plan().memoryOf(value)));
    }

    private Layout layout(Value value) {
        return program.plan().layout(value);
    }

    private Packing packing(Value value) {
        return packings.computeIfAbsent(
                value, _ -> Packing.of(layout(value), value.type().element()));
    }

    @Override
    public void write(Value value, Tensor tensor) {
        packing(value).pack(tensor.data(), memory(value));
    }

    @Override
    public void start(Step step) {
        if (finished) {
            times.clear();
            finished = false;
        }
        for (Kernel kernel : step.kernels()) {
            long start = System.nanoTime();
            run(kernel);
            times.add(new KernelTime(kernel.name(), start, System.nanoTime()));
        }
    }

    private void run(Kernel kernel) {
        try {
            workers.run(Expect.present(tasks.get(kernel), kernel.name()));
        } catch (CLException failure) {
            throw DeviceFailures.of(failure, loaded.device(), "running " + kernel.name());
        }
    }

    @Override
    public void runAlone(Kernel kernel) {
        try {
            starters.getFirst().start(kernel, 0, Pieces.of(kernel.launch()).most());
        } catch (CLException failure) {
            throw DeviceFailures.of(failure, loaded.device(), "building " + kernel.name());
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
        packing(value).unpack(memory(value), into.data());
    }

    @Override
    public void copy(Value from, Value to) {
        if (layout(from).equals(layout(to)) && layout(from).beside().isEmpty()) {
            memory(to).copyFrom(memory(from));
        } else {
            OpenClRunContext.super.copy(from, to);
        }
    }

    @Override
    public List<KernelTime> times() {
        List<KernelTime> all = List.copyOf(times);
        times.clear();
        return all;
    }

    @Override
    public void close() {
        starters.forEach(PieceStarter::close);
        arena.close();
    }
}
