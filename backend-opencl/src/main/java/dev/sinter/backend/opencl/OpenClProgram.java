package dev.sinter.backend.opencl;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.LoadedProgram;
import dev.sinter.ir.exec.MemoryPlan;
import dev.sinter.ir.exec.Packing;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.RunContext;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.type.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_program;
import org.jspecify.annotations.Nullable;

/// A program built for a device, with its constants in the device's memory; that is ours where our threads run kernels.
final class OpenClProgram implements LoadedProgram {
    private static final int KERNELS_PER_PROGRAM = 16;

    /// One packed constant: the same tensor packed in the same way is copied once.
    record PackedConstant(Object source, Object layout) {}

    /// The program that a kernel was built in, and the kernel that was.
    record BuiltKernel(cl_program program, Kernel kernel) {
        cl_kernel create() {
            return CL.clCreateKernel(program, kernel.name(), null);
        }
    }

    private final Program program;
    private final OpenClDevice device;
    private final cl_context context;
    private final Map<Kernel, BuiltKernel> built;
    private final Map<PackedConstant, MemorySegment> packed = new HashMap<>();
    private final Map<PackedConstant, cl_mem> constants = new HashMap<>();
    private final Arena arena = Arena.ofShared();
    private final LoadedLibraries libraries = new LoadedLibraries(Pocl.cacheFolder(System.getenv()));

    /// The context in which kernels were rehearsed, for the first run.
    private final AtomicReference<@Nullable OpenClRunContext> first = new AtomicReference<>();

    private OpenClProgram(Program program, OpenClDevice device, cl_context context, Map<Kernel, BuiltKernel> built) {
        this.program = program;
        this.device = device;
        this.context = context;
        this.built = built;
    }

    static OpenClProgram load(Program program, OpenClDevice device, Trace trace) {
        requireFit(program, device);
        cl_context context = contextOn(device);
        try {
            Map<Kernel, BuiltKernel> built = build(program, device, context, trace);
            OpenClProgram loaded = new OpenClProgram(program, device, context, built);
            try {
                loaded.copyConstants();
                loaded.first.set(Rehearsal.of(loaded, trace));
            } catch (RuntimeException | Error failure) {
                loaded.releaseMemory();
                release(built);
                throw failure;
            }
            return loaded;
        } catch (CLException failure) {
            CL.clReleaseContext(context);
            throw DeviceFailures.of(
                    failure, device, "loading " + program.imported().name());
        } catch (RuntimeException | Error failure) {
            CL.clReleaseContext(context);
            throw failure;
        }
    }

    private static cl_context contextOn(OpenClDevice device) {
        cl_context_properties properties = new cl_context_properties();
        properties.addProperty(CL.CL_CONTEXT_PLATFORM, device.platform());
        try {
            return CL.clCreateContext(properties, 1, new cl_device_id[] {device.handle()}, null, null, null);
        } catch (CLException failure) {
            throw DeviceFailures.of(failure, device, "opening the device");
        }
    }

    /// Several kernels make one OpenCL program: each program has the compiler read the built-in functions anew, but a
    /// program of hundreds of kernels is compiled whole before the first of them runs.
    private static Map<Kernel, BuiltKernel> build(
            Program program, OpenClDevice device, cl_context context, Trace trace) {
        ProgramBuild build = new ProgramBuild(context, device, KernelCache.standard(device.platformName()), trace);
        Map<Kernel, BuiltKernel> built = new IdentityHashMap<>();
        try {
            SameKernels same = new SameKernels(program.kernels(), device.dialect());
            List<Kernel> different = program.kernels().stream()
                    .filter(kernel -> same.representative(kernel) == kernel)
                    .toList();
            for (int first = 0; first < different.size(); first += KERNELS_PER_PROGRAM) {
                List<Kernel> some = different.subList(first, Math.min(different.size(), first + KERNELS_PER_PROGRAM));
                String source = OpenClPrinter.print(some, device.dialect());
                cl_program compiled = build.build(some.getFirst().name(), source);
                some.forEach(kernel -> built.put(kernel, new BuiltKernel(compiled, kernel)));
            }
            program.kernels()
                    .forEach(kernel ->
                            built.put(kernel, Expect.present(built.get(same.representative(kernel)), kernel)));
            return built;
        } catch (RuntimeException | Error failure) {
            release(built);
            throw failure;
        }
    }

    private static void release(Map<Kernel, BuiltKernel> built) {
        Set<cl_program> programs = Collections.newSetFromMap(new IdentityHashMap<>());
        built.values().forEach(kernel -> programs.add(kernel.program()));
        programs.forEach(CL::clReleaseProgram);
    }

    private static void requireFit(Program program, OpenClDevice device) {
        long all = program.memory().bytes();
        long there = device.target().memoryBytes();
        if (all > there) {
            throw new CompileException(
                    Code.DEVICE_MEMORY,
                    device.id() + " (" + device.name() + ")",
                    program.imported().name() + " needs " + all + " bytes for its tensors but the device has " + there,
                    "use a smaller batch or another device");
        }
        for (MemoryPlan.Slot slot : program.memory().slots()) {
            requireFit(slot.bytes(), program, device);
        }
        for (Kernel kernel : program.kernels()) {
            for (Kernel.Argument argument : kernel.arguments()) {
                requireFit(Packing.bytes(argument.layout(), argument.buffer().element()), program, device);
            }
        }
    }

    private static void requireFit(long bytes, Program program, OpenClDevice device) {
        long most = Math.min(device.largestBuffer(), Integer.MAX_VALUE);
        if (bytes > most) {
            throw new CompileException(
                    Code.DEVICE_MEMORY,
                    device.id() + " (" + device.name() + ")",
                    program.imported().name() + " has a tensor of " + bytes + " bytes but one buffer may have " + most,
                    "use a smaller batch");
        }
    }

    private void copyConstants() {
        for (Kernel kernel : program.kernels()) {
            for (Kernel.Argument argument : kernel.arguments()) {
                program.constant(argument.source()).ifPresent(tensor -> copyConstant(tensor, argument));
            }
        }
    }

    private PackedConstant constantOf(Kernel.Argument argument) {
        return new PackedConstant(program.plan().memoryOf(argument.source()), argument.layout());
    }

    private void copyConstant(Tensor tensor, Kernel.Argument argument) {
        if (device.workers().isPresent()) {
            packed.computeIfAbsent(constantOf(argument), _ -> pack(tensor, argument, arena));
            return;
        }
        constants.computeIfAbsent(constantOf(argument), _ -> {
            try (Arena own = Arena.ofConfined()) {
                MemorySegment memory = pack(tensor, argument, own);
                return CL.clCreateBuffer(
                        context,
                        CL.CL_MEM_READ_ONLY | CL.CL_MEM_COPY_HOST_PTR,
                        memory.byteSize(),
                        Pointer.to(memory.asByteBuffer()),
                        null);
            }
        });
    }

    private static MemorySegment pack(Tensor tensor, Kernel.Argument argument, Arena arena) {
        MemorySegment memory = ProcessMemory.allocate(
                arena, Packing.bytes(argument.layout(), argument.buffer().element()));
        Packing.clear(memory, argument.layout(), argument.buffer().element());
        Packing.pack(tensor.reshaped(argument.layout().logical()), argument.layout(), memory);
        return memory;
    }

    /// The device memory of a constant argument.
    cl_mem constant(Kernel.Argument argument) {
        return Expect.present(
                constants.get(constantOf(argument)), argument.source().name());
    }

    /// The memory of a constant argument in this process.
    MemorySegment constantMemory(Kernel.Argument argument) {
        return Expect.present(
                packed.get(constantOf(argument)), argument.source().name());
    }

    boolean isConstant(Kernel.Argument argument) {
        return program.constant(argument.source()).isPresent();
    }

    Program program() {
        return program;
    }

    OpenClDevice device() {
        return device;
    }

    cl_context context() {
        return context;
    }

    BuiltKernel built(Kernel kernel) {
        return Expect.present(built.get(kernel), kernel.name());
    }

    List<Kernel> kernels() {
        return program.kernels();
    }

    @Override
    public RunContext newContext() {
        if (device.workers().isPresent()) {
            return newUntimedContext();
        }
        // One of two would not be used.
        closeFirst();
        return OpenClRunContext.create(this, true);
    }

    @Override
    public RunContext newUntimedContext() {
        RunContext rehearsed = first.getAndSet(null);
        return rehearsed != null ? rehearsed : OpenClRunContext.create(this, false);
    }

    /// Sees to it that kernels which were run stay loaded.
    void keepLoaded() {
        if (device.platformName().equals(Pocl.PLATFORM)) {
            libraries.keep();
        }
    }

    private void closeFirst() {
        OpenClRunContext unused = first.getAndSet(null);
        if (unused != null) {
            unused.close();
        }
    }

    private void releaseMemory() {
        constants.values().forEach(CL::clReleaseMemObject);
        constants.clear();
        packed.clear();
        arena.close();
        libraries.close();
    }

    @Override
    public void close() {
        closeFirst();
        releaseMemory();
        release(built);
        CL.clReleaseContext(context);
    }
}
