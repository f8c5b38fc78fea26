package dev.sinter.tests.benchmark;

import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_device_id;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_platform_id;
import org.jocl.cl_program;
import org.jocl.cl_queue_properties;
import org.jspecify.annotations.NullMarked;

/// A loop of nothing but multiply-adds in registers, as fast as the first OpenCL device can: what kernels are measured
/// by.
@NullMarked
final class PeakLoop implements AutoCloseable {
    private static final int WORK_ITEMS = 16;
    private static final int ITERATIONS = 100_000;
    private static final int ACCUMULATORS = 16;
    private static final int LANES = 16;
    private static final String SOURCE = """
        __kernel __attribute__((reqd_work_group_size(1, 1, 1)))
        void peak(__global float* out, const int iterations) {
            float16 sum[16];
            #pragma unroll
            for (int i = 0; i < 16; ++i) {
                sum[i] = (float16)(get_global_id(0) + i);
            }
            const float16 factor = (float16)(0.999f);
            const float16 term = (float16)(0.01f);
            for (int k = 0; k < iterations; ++k) {
                #pragma unroll
                for (int i = 0; i < 16; ++i) {
                    sum[i] = fma(sum[i], factor, term);
                }
            }
            float16 total = (float16)(0.0f);
            for (int i = 0; i < 16; ++i) {
                total += sum[i];
            }
            vstore16(total, get_global_id(0), out);
        }
        """;

    private final cl_context context;
    private final cl_command_queue queue;
    private final cl_program program;
    private final cl_kernel kernel;
    private final cl_mem out;

    PeakLoop() {
        CL.setExceptionsEnabled(true);
        cl_platform_id[] platform = new cl_platform_id[1];
        CL.clGetPlatformIDs(1, platform, null);
        cl_device_id[] device = new cl_device_id[1];
        CL.clGetDeviceIDs(platform[0], CL.CL_DEVICE_TYPE_ALL, 1, device, null);
        context = CL.clCreateContext(null, 1, device, null, null, null);
        queue = CL.clCreateCommandQueueWithProperties(context, device[0], new cl_queue_properties(), null);
        program = CL.clCreateProgramWithSource(context, 1, new String[] {SOURCE}, null, null);
        CL.clBuildProgram(program, 0, null, "", null, null);
        kernel = CL.clCreateKernel(program, "peak", null);
        out = CL.clCreateBuffer(context, CL.CL_MEM_READ_WRITE, (long) WORK_ITEMS * LANES * Sizeof.cl_float, null, null);
        CL.clSetKernelArg(kernel, 0, Sizeof.cl_mem, Pointer.to(out));
        CL.clSetKernelArg(kernel, 1, Sizeof.cl_int, Pointer.to(new int[] {ITERATIONS}));
    }

    /// Runs once.
    ///
    /// @return operations per second, a multiply-add counting as two
    double measure() {
        long start = System.nanoTime();
        CL.clEnqueueNDRangeKernel(queue, kernel, 1, null, new long[] {WORK_ITEMS}, new long[] {1}, 0, null, null);
        CL.clFinish(queue);
        double seconds = (System.nanoTime() - start) / 1e9;
        return 2.0 * WORK_ITEMS * ITERATIONS * ACCUMULATORS * LANES / seconds;
    }

    @Override
    public void close() {
        CL.clReleaseMemObject(out);
        CL.clReleaseKernel(kernel);
        CL.clReleaseProgram(program);
        CL.clReleaseCommandQueue(queue);
        CL.clReleaseContext(context);
    }
}
