package dev.sinter.backend.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_context;
import org.jocl.cl_mem;

/// Memory of this process that a driver uses where it lies.
final class ProcessMemory {
    /// The largest vector of OpenCL, and a line of most caches.
    private static final long ALIGNMENT = 128;

    private ProcessMemory() {}

    static MemorySegment allocate(Arena arena, long bytes) {
        return arena.allocate(Math.max(1, bytes), ALIGNMENT);
    }

    /// A buffer that is this memory; it must live longer than the buffer.
    static cl_mem buffer(cl_context context, MemorySegment memory) {
        return CL.clCreateBuffer(
                context,
                CL.CL_MEM_READ_WRITE | CL.CL_MEM_USE_HOST_PTR,
                memory.byteSize(),
                Pointer.to(memory.asByteBuffer()),
                null);
    }
}
