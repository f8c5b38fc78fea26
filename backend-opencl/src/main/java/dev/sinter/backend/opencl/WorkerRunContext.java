package dev.sinter.backend.opencl;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.exec.InProcessContext;
import dev.sinter.ir.exec.MemoryPlan;
import dev.sinter.ir.exec.Packing;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.Workers;
import dev.sinter.ir.kernel.Kernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jocl.CLException;

/// For a driver that computes a kernel in the thread that starts it: threads of this process start pieces of each
/// kernel, and tensors lie in memory of this process, which the driver is told of. A start costs a microsecond, and
/// nothing is copied to a device or back.
final class WorkerRunContext extends InProcessContext implements OpenClRunContext {
    private final OpenClProgram loaded;
    private final Program program;
    private final Workers workers;
    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> slots = new ArrayList<>();
    private final List<PieceStarter> starters = new ArrayList<>();
    private final Map<Kernel, Workers.Task> tasks = new IdentityHashMap<>();

    private WorkerRunContext(OpenClProgram loaded, Workers workers) {
        super(loaded.program());
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
            MemorySegment memory = ProcessMemory.allocate(arena, slot.bytes());
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

    @Override
    protected MemorySegment memory(int slot) {
        return slots.get(slot);
    }

    @Override
    protected void run(Kernel kernel) {
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
    public void close() {
        starters.forEach(PieceStarter::close);
        arena.close();
    }
}
