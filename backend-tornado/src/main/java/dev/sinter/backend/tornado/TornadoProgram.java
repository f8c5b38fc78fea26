package dev.sinter.backend.tornado;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.LoadedProgram;
import dev.sinter.ir.exec.MemoryPlan;
import dev.sinter.ir.exec.Packing;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.RunContext;
import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A program whose kernels TornadoVM has taken, with its constants in arrays of this process. Each run context has its
/// own plan, and so its own copy of them on the device.
final class TornadoProgram implements LoadedProgram {
    /// What an int counts, less a header.
    private static final int MOST_ELEMENTS = Integer.MAX_VALUE - 8;

    /// One packed constant: the same tensor packed in the same way is kept once.
    private record PackedConstant(Source source, Layout layout) {}

    private final Program program;
    private final TornadoDevice device;
    private final Map<Kernel, TornadoTask> tasks;
    private final Map<PackedConstant, Object> constants = new HashMap<>();

    /// The context in which kernels were compiled, for the first run.
    private final AtomicReference<@Nullable TornadoRunContext> first = new AtomicReference<>();

    private TornadoProgram(Program program, TornadoDevice device, Map<Kernel, TornadoTask> tasks) {
        this.program = program;
        this.device = device;
        this.tasks = tasks;
    }

    static TornadoProgram load(Program program, TornadoDevice device, Trace trace) {
        requireFit(program, device);
        Map<Kernel, TornadoTask> tasks = TaskMaker.of(device).of(program);
        TornadoProgram loaded = new TornadoProgram(program, device, tasks);
        program.kernels().forEach(kernel -> kernel.arguments().forEach(loaded::pack));
        long start = System.nanoTime();
        TornadoRunContext context = new TornadoRunContext(loaded);
        context.compile();
        loaded.first.set(context);
        trace.report(new Trace.Event(
                "kernel",
                "compile " + program.imported().name(),
                start,
                System.nanoTime(),
                Map.of("kernels", device.form().text())));
        return loaded;
    }

    private static void requireFit(Program program, TornadoDevice device) {
        for (MemoryPlan.Slot slot : program.memory().slots()) {
            if (slot.bytes() / slot.element().bytes() > MOST_ELEMENTS) {
                throw new CompileException(
                        Code.DEVICE_MEMORY,
                        device.id() + " (" + device.name() + ")",
                        program.imported().name() + " has a tensor of "
                                + slot.bytes() / slot.element().bytes() + " elements but an array may have "
                                + MOST_ELEMENTS,
                        "use a smaller batch");
            }
        }
    }

    private void pack(Kernel.Argument argument) {
        Optional<Tensor> tensor = program.constant(argument.source());
        if (tensor.isPresent()) {
            constants.computeIfAbsent(keyOf(argument), _ -> {
                ElementType element = argument.buffer().element();
                Layout layout = argument.layout();
                Object array = allocate(element, layout.elements());
                Packing.clear(segment(array), layout, element);
                Packing.pack(tensor.get().reshaped(layout.logical()), layout, segment(array));
                return array;
            });
        }
    }

    /// An array that TornadoVM copies to the device.
    ///
    /// @throws CompileException if there is no room for it
    Object allocate(ElementType element, long elements) {
        try {
            return device.api().array(NativeArrays.className(element), Math.toIntExact(elements));
        } catch (TornadoApi.Refused refused) {
            throw new CompileException(
                    Code.DEVICE_MEMORY,
                    device.id() + " (" + device.name() + ")",
                    "TornadoVM has no room for " + elements + " elements of " + element.text() + ": "
                            + refused.getMessage(),
                    "use a smaller batch",
                    refused);
        }
    }

    MemorySegment segment(Object array) {
        return device.api().segment(array);
    }

    private PackedConstant keyOf(Kernel.Argument argument) {
        return new PackedConstant(program.plan().memoryOf(argument.source()), argument.layout());
    }

    /// The array of an argument that is a constant.
    Optional<Object> constant(Kernel.Argument argument) {
        return Optional.ofNullable(constants.get(keyOf(argument)));
    }

    List<Object> constants() {
        return List.copyOf(constants.values());
    }

    TornadoTask task(Kernel kernel) {
        return Expect.present(tasks.get(kernel), kernel.name());
    }

    Program program() {
        return program;
    }

    TornadoDevice device() {
        return device;
    }

    @Override
    public RunContext newContext() {
        TornadoRunContext ready = first.getAndSet(null);
        return ready != null ? ready : new TornadoRunContext(this);
    }

    @Override
    public void close() {
        TornadoRunContext unused = first.getAndSet(null);
        if (unused != null) {
            unused.close();
        }
    }
}
