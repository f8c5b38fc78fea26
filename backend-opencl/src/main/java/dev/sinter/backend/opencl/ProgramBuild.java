package dev.sinter.backend.opencl;

import dev.sinter.ir.diag.BuildProgress;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Trace;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_context;
import org.jocl.cl_device_id;
import org.jocl.cl_program;

/// Compiles printed source, or takes what an earlier run compiled from the cache.
final class ProgramBuild {
    /// No fast-math: it leaves -infinity undefined and no error bound derivable.
    private static final String OPTIONS = "";

    private static final int MOST_LOG_LINES = 20;

    /// Raised whenever printed kernels change their meaning for the same source.
    private static final String FORMAT = "sinter 0.1 kernels 1";

    private final cl_context context;
    private final OpenClDevice device;
    private final KernelCache cache;
    private final Trace trace;

    ProgramBuild(cl_context context, OpenClDevice device, KernelCache cache, Trace trace) {
        this.context = context;
        this.device = device;
        this.cache = cache;
        this.trace = trace;
    }

    cl_program build(String name, String source) {
        long start = System.nanoTime();
        String key = KernelCache.key(source, OPTIONS, device.identity(), FORMAT);
        Optional<cl_program> cached = cache.get(key).flatMap(binary -> fromBinary(binary, key));
        cl_program program = cached.orElseGet(() -> SignalHandlers.kept(() -> fromSource(source, key)));
        trace.report(new Trace.Event(
                BuildProgress.CATEGORY,
                name,
                start,
                System.nanoTime(),
                Map.of(
                        "cache",
                        cached.isPresent() ? "hit" : cache.isKept() ? "miss" : "none: " + cache.obstacle(),
                        "key",
                        key)));
        return program;
    }

    private Optional<cl_program> fromBinary(byte[] binary, String key) {
        cl_program program = null;
        try {
            int[] status = new int[1];
            program = CL.clCreateProgramWithBinary(
                    context,
                    1,
                    new cl_device_id[] {device.handle()},
                    new long[] {binary.length},
                    new byte[][] {binary},
                    status,
                    null);
            CL.clBuildProgram(program, 0, null, OPTIONS, null, null);
            return Optional.of(program);
        } catch (CLException _) {
            if (program != null) {
                CL.clReleaseProgram(program);
            }
            cache.drop(key);
            return Optional.empty();
        }
    }

    private cl_program fromSource(String source, String key) {
        cl_program program = CL.clCreateProgramWithSource(context, 1, new String[] {source}, null, null);
        try {
            CL.clBuildProgram(program, 0, null, OPTIONS, null, null);
        } catch (CLException failure) {
            String log = String.valueOf(failure.getMessage())
                    .lines()
                    .limit(MOST_LOG_LINES)
                    .collect(Collectors.joining("\n"));
            CL.clReleaseProgram(program);
            throw new CompileException(
                    Code.DEVICE_BUILD,
                    device.id() + " (" + device.name() + ")",
                    "the device's compiler refused the generated kernels:\n" + log,
                    "this is a fault of Sinter's or the driver's; compile --out shows the source",
                    failure);
        }
        if (cache.isKept()) {
            binaryOf(program).ifPresent(binary -> cache.put(key, binary));
        }
        return program;
    }

    private static Optional<byte[]> binaryOf(cl_program program) {
        long[] size = new long[1];
        CL.clGetProgramInfo(program, CL.CL_PROGRAM_BINARY_SIZES, Sizeof.size_t, Pointer.to(size), null);
        if (size[0] == 0) {
            return Optional.empty();
        }
        byte[] binary = new byte[Math.toIntExact(size[0])];
        Pointer target = Pointer.to(binary);
        CL.clGetProgramInfo(program, CL.CL_PROGRAM_BINARIES, Sizeof.POINTER, Pointer.to(target), null);
        return Optional.of(binary);
    }
}
