package dev.sinter.backend.opencl;

import dev.sinter.ir.exec.MemoryPlan;
import dev.sinter.ir.exec.Packing;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_event;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_queue_properties;
import org.jspecify.annotations.Nullable;

/// Buffers, a queue, and kernel objects whose arguments are set once: setting them on shared kernel objects would not
/// be safe between threads.
final class QueueRunContext implements OpenClRunContext {
    private final OpenClProgram loaded;
    private final Program program;
    private final List<cl_mem> buffers = new ArrayList<>();
    private final Map<Kernel, cl_kernel> kernels = new IdentityHashMap<>();
    private final Map<Source, MemorySegment> staging = new IdentityHashMap<>();
    private final Arena arena = Arena.ofShared();
    private final List<Started> started = new ArrayList<>();
    private final cl_command_queue queue;
    private final boolean timed;
    private boolean finished;

    private record Started(String kernel, cl_event event) {}

    private QueueRunContext(OpenClProgram loaded, cl_command_queue queue, boolean timed) {
        this.loaded = loaded;
        this.program = loaded.program();
        this.queue = queue;
        this.timed = timed;
    }

    static QueueRunContext create(OpenClProgram loaded, boolean timed) {
        try {
            cl_queue_properties properties = new cl_queue_properties();
            if (timed) {
                properties.addProperty(CL.CL_QUEUE_PROPERTIES, CL.CL_QUEUE_PROFILING_ENABLE);
            }
            cl_command_queue queue = CL.clCreateCommandQueueWithProperties(
                    loaded.context(), loaded.device().handle(), properties, null);
            QueueRunContext context = new QueueRunContext(loaded, queue, timed);
            try {
                context.allocate();
                context.bind();
            } catch (RuntimeException | Error failure) {
                context.close();
                throw failure;
            }
            return context;
        } catch (CLException failure) {
            throw DeviceFailures.of(failure, loaded.device(), "making buffers");
        }
    }

    private void allocate() {
        for (MemoryPlan.Slot slot : program.memory().slots()) {
            cl_mem buffer = CL.clCreateBuffer(loaded.context(), CL.CL_MEM_READ_WRITE, slot.bytes(), null, null);
            buffers.add(buffer);
            fill(buffer, slot);
        }
        CL.clFinish(queue);
    }

    /// Defines every byte once: halos keep what they get here.
    private void fill(cl_mem buffer, MemoryPlan.Slot slot) {
        ElementType element = slot.element();
        Tensor pattern = Tensor.filled(
                dev.sinter.ir.type.TensorType.of(element, 1),
                slot.layout().hasHalo() ? slot.layout().fill() : 0);
        CL.clEnqueueFillBuffer(
                queue,
                buffer,
                Pointer.to(pattern.data().asByteBuffer()),
                element.bytes(),
                0,
                slot.bytes() / element.bytes() * element.bytes(),
                0,
                null,
                null);
        CL.clFinish(queue);
    }

    private void bind() {
        for (Kernel kernel : loaded.kernels()) {
            cl_kernel object = loaded.built(kernel).create();
            kernels.put(kernel, object);
            int position = 0;
            for (Kernel.Argument argument : kernel.arguments()) {
                cl_mem buffer = loaded.isConstant(argument)
                        ? loaded.constant(argument)
                        : buffers.get(program.memory().slot(program.plan().memoryOf(argument.source())));
                CL.clSetKernelArg(object, position++, Sizeof.cl_mem, Pointer.to(buffer));
            }
        }
    }

    private Layout layout(Value value) {
        return program.plan().layout(value);
    }

    private cl_mem buffer(Value value) {
        return buffers.get(program.memory().slot(program.plan().memoryOf(value)));
    }

    @Override
    public void write(Value value, Tensor tensor) {
        guarded("writing " + value.name(), () -> {
            Layout layout = layout(value);
            ElementType element = value.type().element();
            MemorySegment packed;
            if (layout.isRowMajor() && tensor.data().isNative()) {
                packed = tensor.data();
            } else {
                // One for all that share the memory, so that none of them overwrites another.
                packed = staging.computeIfAbsent(program.plan().memoryOf(value), _ -> {
                    MemorySegment memory = arena.allocate(Math.max(1, Packing.bytes(layout, element)), 64);
                    Packing.clear(memory, layout, element);
                    return memory;
                });
                Packing.pack(tensor.reshaped(layout.logical()), layout, packed);
            }
            if (packed.byteSize() > 0) {
                CL.clEnqueueWriteBuffer(
                        queue,
                        buffer(value),
                        true,
                        0,
                        packed.byteSize(),
                        Pointer.to(packed.asByteBuffer()),
                        0,
                        null,
                        null);
            }
        });
    }

    @Override
    public void start(Step step) {
        if (finished) {
            releaseEvents();
            finished = false;
        }
        guarded("starting " + step.cluster().last().label(), () -> {
            for (Kernel kernel : step.kernels()) {
                cl_event event = timed ? new cl_event() : null;
                enqueue(kernel, event);
                if (event != null) {
                    started.add(new Started(kernel.name(), event));
                }
            }
        });
    }

    private void enqueue(Kernel kernel, @Nullable cl_event event) {
        LaunchSizes sizes = LaunchSizes.of(kernel.launch());
        CL.clEnqueueNDRangeKernel(
                queue,
                kernels.get(kernel),
                sizes.dimensions(),
                null,
                sizes.globalSizes(),
                sizes.localSizes(),
                0,
                null,
                event);
    }

    @Override
    public void runAlone(Kernel kernel) {
        guarded("building " + kernel.name(), () -> {
            enqueue(kernel, null);
            CL.clFinish(queue);
        });
    }

    @Override
    public void finish() {
        guarded("running", () -> CL.clFinish(queue));
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
        Layout layout = layout(value);
        ElementType element = value.type().element();
        guarded("reading " + value.name(), () -> {
            if (layout.isRowMajor() && into.data().isNative()) {
                readInto(into.data(), value);
                return;
            }
            try (Arena own = Arena.ofConfined()) {
                MemorySegment packed = own.allocate(Math.max(1, Packing.bytes(layout, element)), 64);
                readInto(packed, value);
                Packing.of(layout, element).unpack(packed, into.data());
            }
        });
    }

    @Override
    public void copy(Value from, Value to) {
        if (!layout(from).equals(layout(to)) || layout(from).beside().isPresent()) {
            OpenClRunContext.super.copy(from, to);
            return;
        }
        long bytes = Packing.bytes(layout(from), from.type().element());
        guarded(
                "copying " + from.name(),
                () -> CL.clEnqueueCopyBuffer(queue, buffer(from), buffer(to), 0, 0, bytes, 0, null, null));
    }

    private void readInto(MemorySegment memory, Value value) {
        if (memory.byteSize() > 0) {
            CL.clEnqueueReadBuffer(
                    queue, buffer(value), true, 0, memory.byteSize(), Pointer.to(memory.asByteBuffer()), 0, null, null);
        }
    }

    @Override
    public List<KernelTime> times() {
        List<KernelTime> times = new ArrayList<>();
        guarded("reading times", () -> {
            for (Started one : started) {
                long[] from = new long[1];
                long[] until = new long[1];
                CL.clGetEventProfilingInfo(
                        one.event(), CL.CL_PROFILING_COMMAND_START, Sizeof.cl_ulong, Pointer.to(from), null);
                CL.clGetEventProfilingInfo(
                        one.event(), CL.CL_PROFILING_COMMAND_END, Sizeof.cl_ulong, Pointer.to(until), null);
                times.add(new KernelTime(one.kernel(), from[0], until[0]));
            }
        });
        releaseEvents();
        return times;
    }

    private void releaseEvents() {
        started.forEach(one -> CL.clReleaseEvent(one.event()));
        started.clear();
    }

    private void guarded(String doing, Runnable action) {
        try {
            action.run();
        } catch (CLException failure) {
            throw DeviceFailures.of(failure, loaded.device(), doing);
        }
    }

    @Override
    public void close() {
        releaseEvents();
        kernels.values().forEach(CL::clReleaseKernel);
        buffers.forEach(CL::clReleaseMemObject);
        CL.clReleaseCommandQueue(queue);
        arena.close();
    }
}
