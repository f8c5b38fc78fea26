package dev.sinter.backend.jvm;

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
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A program whose kernels are classes of this process, with its constants in arrays.
final class JvmProgram implements LoadedProgram {
    /// One packed constant: the same tensor packed in the same way is kept once.
    private record PackedConstant(Source source, Layout layout) {}

    private final Program program;
    private final JvmDevice device;
    private final Map<Kernel, JvmKernel> kernels = new IdentityHashMap<>();
    private final Map<PackedConstant, Object> constants = new HashMap<>();

    /// The context that kernels were warmed up in, for the first run.
    private final AtomicReference<@Nullable RunContext> first = new AtomicReference<>();

    private JvmProgram(Program program, JvmDevice device) {
        this.program = program;
        this.device = device;
    }

    static JvmProgram load(Program program, JvmDevice device, Trace trace) {
        JvmProgram loaded = new JvmProgram(program, device);
        loaded.requireFit();
        for (Kernel kernel : program.kernels()) {
            long start = System.nanoTime();
            JvmKernel compiled = device.classes().of(kernel);
            loaded.kernels.put(kernel, compiled);
            trace.report(new Trace.Event(
                    "kernel",
                    kernel.name(),
                    start,
                    System.nanoTime(),
                    Map.of("largest method", compiled.methodSize().bytes() + " bytes")));
            kernel.arguments().forEach(loaded::pack);
        }
        loaded.warmUp(trace);
        return loaded;
    }

    private void warmUp(Trace trace) {
        long start = System.nanoTime();
        JvmRunContext context = new JvmRunContext(this);
        Map<JvmKernel, Object[]> buffers = new IdentityHashMap<>();
        program.kernels().forEach(kernel -> buffers.put(kernel(kernel), context.buffers(kernel)));
        WarmUp.run(buffers);
        first.set(context);
        trace.report(
                new Trace.Event("kernel", "warm up " + program.imported().name(), start, System.nanoTime(), Map.of()));
    }

    private void requireFit() {
        for (MemoryPlan.Slot slot : program.memory().slots()) {
            if (slot.bytes() / slot.element().bytes() > HeapArrays.MOST_ELEMENTS) {
                throw new CompileException(
                        Code.DEVICE_MEMORY,
                        device.id() + " (" + device.name() + ")",
                        program.imported().name() + " has a tensor of "
                                + slot.bytes() / slot.element().bytes() + " elements but an array may have "
                                + HeapArrays.MOST_ELEMENTS,
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
                Object array = HeapArrays.allocate(element, layout.elements());
                Packing.clear(HeapArrays.segment(array), layout, element);
                Packing.pack(tensor.get().reshaped(layout.logical()), layout, HeapArrays.segment(array));
                return array;
            });
        }
    }

    private PackedConstant keyOf(Kernel.Argument argument) {
        return new PackedConstant(program.plan().memoryOf(argument.source()), argument.layout());
    }

    /// The array of an argument that is a constant.
    Optional<Object> constant(Kernel.Argument argument) {
        return Optional.ofNullable(constants.get(keyOf(argument)));
    }

    JvmKernel kernel(Kernel kernel) {
        return Expect.present(kernels.get(kernel), kernel.name());
    }

    Program program() {
        return program;
    }

    JvmDevice device() {
        return device;
    }

    @Override
    public RunContext newContext() {
        RunContext warm = first.getAndSet(null);
        return warm != null ? warm : new JvmRunContext(this);
    }

    /// The garbage collector frees arrays and classes.
    @Override
    public void close() {}
}
