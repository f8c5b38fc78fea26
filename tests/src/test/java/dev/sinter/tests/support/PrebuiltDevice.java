package dev.sinter.tests.support;

import dev.sinter.backend.tornado.PrebuiltProgram;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.LoadedProgram;
import dev.sinter.ir.exec.Packing;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.RunContext;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.Launch;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_platform_id;
import org.jocl.cl_program;
import org.jocl.cl_queue_properties;
import org.jspecify.annotations.NullMarked;

/// Runs the OpenCL C that TornadoVM would get, with the parameters that it would give: four of its own, then buffers
/// that begin with a header.
@NullMarked
public record PrebuiltDevice(Target target) implements Device {
    private static final int HEADER = 16;

    /// Those of TornadoVM's own, and the number.
    private static final int FIRST_BUFFER = 5;

    /// Skips the calling test where there is no OpenCL.
    public static PrebuiltDevice of(Target target) {
        Devices.of(Devices.OPENCL);
        return new PrebuiltDevice(target);
    }

    @Override
    public String id() {
        return "prebuilt:" + target.name();
    }

    @Override
    public String name() {
        return "prebuilt kernels for " + target.name();
    }

    @Override
    public String backend() {
        return "prebuilt";
    }

    @Override
    public Map<String, String> details() {
        return Map.of();
    }

    @Override
    public LoadedProgram load(Program program, Trace trace) {
        return new LoadedProgram() {
            @Override
            public RunContext newContext() {
                return new Context(program);
            }

            @Override
            public void close() {}
        };
    }

    private static final class Context implements RunContext {
        private final Program program;
        private final PrebuiltProgram prebuilt;
        private final Map<Source, Tensor> tensors = new IdentityHashMap<>();
        private final cl_context context;
        private final cl_command_queue queue;
        private final cl_program built;
        private final cl_kernel entry;

        private Context(Program program) {
            this.program = program;
            this.prebuilt = new PrebuiltProgram(program.kernels());
            cl_platform_id[] platforms = new cl_platform_id[1];
            CL.clGetPlatformIDs(1, platforms, null);
            cl_device_id[] devices = new cl_device_id[1];
            CL.clGetDeviceIDs(platforms[0], CL.CL_DEVICE_TYPE_ALL, 1, devices, null);
            cl_context_properties properties = new cl_context_properties();
            properties.addProperty(CL.CL_CONTEXT_PLATFORM, platforms[0]);
            this.context = CL.clCreateContext(properties, 1, devices, null, null, null);
            this.queue = CL.clCreateCommandQueueWithProperties(context, devices[0], new cl_queue_properties(), null);
            String source = prebuilt.source(HEADER);
            this.built = CL.clCreateProgramWithSource(context, 1, new String[] {source}, null, null);
            CL.clBuildProgram(built, 0, null, "-w", null, null);
            this.entry = CL.clCreateKernel(built, PrebuiltProgram.ENTRY, null);
        }

        @Override
        public void write(Value value, Tensor tensor) {
            Source memory = program.plan().tensorOf(value);
            tensors.put(memory, tensor.reshaped(memory.type().shape()));
        }

        @Override
        public void start(Step step) {
            if (step.kernels().isEmpty()) {
                step.outputs().forEach(tensors::remove);
            }
            step.kernels().forEach(this::start);
        }

        private void start(Kernel kernel) {
            try (Arena arena = Arena.ofConfined()) {
                List<MemorySegment> memories = new ArrayList<>();
                List<cl_mem> buffers = new ArrayList<>();
                MemorySegment number = arena.allocate(HEADER + Integer.BYTES, Long.BYTES);
                number.set(ValueLayout.JAVA_INT, HEADER, prebuilt.number(kernel));
                cl_mem numberBuffer = buffer(number);
                for (Kernel.Argument argument : kernel.arguments()) {
                    MemorySegment memory = memory(argument, arena);
                    memories.add(memory);
                    buffers.add(buffer(memory));
                }
                for (int place = 0; place < FIRST_BUFFER - 1; place++) {
                    boolean local = place == 2;
                    CL.clSetKernelArg(entry, place, local ? 1 : Sizeof.cl_mem, null);
                }
                CL.clSetKernelArg(entry, FIRST_BUFFER - 1, Sizeof.cl_mem, Pointer.to(numberBuffer));
                for (int place = 0; place < prebuilt.buffers(); place++) {
                    cl_mem own = place < buffers.size() ? buffers.get(place) : numberBuffer;
                    CL.clSetKernelArg(entry, FIRST_BUFFER + place, Sizeof.cl_mem, Pointer.to(own));
                }
                CL.clEnqueueNDRangeKernel(queue, entry, 3, null, items(kernel), new long[] {1, 1, 1}, 0, null, null);
                for (int place = 0; place < memories.size(); place++) {
                    Kernel.Argument argument = kernel.arguments().get(place);
                    if (argument.written()) {
                        fetch(argument, memories.get(place), buffers.get(place));
                    }
                }
                CL.clFinish(queue);
                buffers.forEach(CL::clReleaseMemObject);
                CL.clReleaseMemObject(numberBuffer);
            }
        }

        private static long[] items(Kernel kernel) {
            long[] items = {1, 1, 1};
            if (kernel.launch() instanceof Launch.NdRange(List<Launch.Dimension> dimensions)) {
                for (int dimension = 0; dimension < dimensions.size(); dimension++) {
                    items[dimension] = dimensions.get(dimension).extent();
                }
            }
            return items;
        }

        private cl_mem buffer(MemorySegment memory) {
            return CL.clCreateBuffer(
                    context,
                    CL.CL_MEM_READ_WRITE | CL.CL_MEM_COPY_HOST_PTR,
                    memory.byteSize(),
                    Pointer.to(memory.asByteBuffer()),
                    null);
        }

        private MemorySegment memory(Kernel.Argument argument, Arena arena) {
            var element = argument.buffer().element();
            MemorySegment memory = arena.allocate(HEADER + Packing.bytes(argument.layout(), element), Long.BYTES);
            Packing.clear(memory.asSlice(HEADER), argument.layout(), element);
            if (!argument.written()) {
                Source source = program.plan().tensorOf(argument.source());
                Tensor tensor =
                        program.constant(source).orElseGet(() -> Pieces.tensor(program.plan(), source, tensors));
                Packing.pack(tensor.reshaped(argument.layout().logical()), argument.layout(), memory.asSlice(HEADER));
            }
            return memory;
        }

        private void fetch(Kernel.Argument argument, MemorySegment memory, cl_mem buffer) {
            CL.clEnqueueReadBuffer(
                    queue, buffer, true, 0, memory.byteSize(), Pointer.to(memory.asByteBuffer()), 0, null, null);
            tensors.put(
                    program.plan().tensorOf(argument.source()),
                    Packing.unpack(
                            memory.asSlice(HEADER),
                            argument.layout(),
                            argument.buffer().element()));
        }

        @Override
        public void finish() {}

        @Override
        public Tensor read(Value value) {
            if (value.type().shape().elements() == 0) {
                return Tensor.allocate(value.type());
            }
            return Pieces.tensor(program.plan(), program.plan().tensorOf(value), tensors)
                    .reshaped(value.type().shape());
        }

        @Override
        public List<KernelTime> times() {
            return List.of();
        }

        @Override
        public void close() {
            CL.clReleaseKernel(entry);
            CL.clReleaseProgram(built);
            CL.clReleaseCommandQueue(queue);
            CL.clReleaseContext(context);
        }
    }
}
