package dev.sinter.backend.opencl;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.kernel.Kernel;
import java.lang.foreign.MemorySegment;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_queue_properties;

/// What one thread starts kernels with: a queue, buffers and kernel objects of its own, so that it waits for no other
/// thread's. Buffers of all threads are the same memory.
final class PieceStarter implements AutoCloseable {
    private final OpenClProgram loaded;
    private final Function<Kernel.Argument, MemorySegment> memory;
    private final cl_command_queue queue;
    private final Map<MemorySegment, cl_mem> buffers = new IdentityHashMap<>();
    private final Map<Kernel, Bound> bound = new IdentityHashMap<>();

    /// @param position of the argument that says where a piece begins
    /// @param sizes those of the piece that is started
    private record Bound(cl_kernel kernel, Pieces pieces, int position, long[] first, Pointer pointer, long[] sizes) {}

    PieceStarter(OpenClProgram loaded, Function<Kernel.Argument, MemorySegment> memory) {
        this.loaded = loaded;
        this.memory = memory;
        this.queue = CL.clCreateCommandQueueWithProperties(
                loaded.context(), loaded.device().handle(), new cl_queue_properties(), null);
    }

    void bind(Kernel kernel, Pieces pieces) {
        cl_kernel object = loaded.built(kernel).create();
        int position = 0;
        for (Kernel.Argument argument : kernel.arguments()) {
            cl_mem buffer = buffers.computeIfAbsent(
                    memory.apply(argument), segment -> ProcessMemory.buffer(loaded.context(), segment));
            CL.clSetKernelArg(object, position++, Sizeof.cl_mem, Pointer.to(buffer));
        }
        long[] first = new long[1];
        if (pieces.most() > 1) {
            CL.clSetKernelArg(object, position, Sizeof.cl_long, Pointer.to(first));
        }
        bound.put(
                kernel,
                new Bound(
                        object,
                        pieces,
                        position,
                        first,
                        Pointer.to(first),
                        pieces.sizes().clone()));
    }

    /// Computes the work-groups from `from` to `until - 1` of the dimension that is divided.
    void start(Kernel kernel, int from, int until) {
        Bound own = Expect.present(bound.get(kernel), kernel.name());
        Pieces pieces = own.pieces();
        if (pieces.most() > 1 && own.first()[0] != from) {
            own.first()[0] = from;
            CL.clSetKernelArg(own.kernel(), own.position(), Sizeof.cl_long, own.pointer());
        }
        own.sizes()[Pieces.DIVIDED] = (until - from) * pieces.group()[Pieces.DIVIDED];
        CL.clEnqueueNDRangeKernel(
                queue, own.kernel(), own.sizes().length, null, own.sizes(), pieces.group(), 0, null, null);
    }

    @Override
    public void close() {
        bound.values().forEach(one -> CL.clReleaseKernel(one.kernel()));
        buffers.values().forEach(CL::clReleaseMemObject);
        CL.clReleaseCommandQueue(queue);
    }
}
