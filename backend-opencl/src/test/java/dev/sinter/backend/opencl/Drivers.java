package dev.sinter.backend.opencl;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Optional;
import org.jocl.CL;
import org.jocl.cl_device_id;

/// The two ways in which kernels are started here, each on a device of its own.
enum Drivers {
    /// The driver has threads, and a queue is all that a program sees of them.
    QUEUE,
    /// A driver computes in the thread that starts a kernel.
    CALLER;

    /// Skips the calling test where there is no such device.
    OpenClDevice device() {
        Optional<OpenClDevice> first = new OpenClBackend()
                .devices().stream().map(OpenClDevice.class::cast).findFirst();
        assumeTrue(first.isPresent(), "there is no OpenCL device");
        Optional<OpenClDevice> found = fits(first.get()) ? first : other(first.get());
        assumeTrue(found.isPresent(), () -> "no OpenCL device starts kernels by " + this);
        return found.get();
    }

    private boolean fits(OpenClDevice device) {
        return device.workers().isPresent() == (this == CALLER);
    }

    /// Where PoCL has both drivers, only one of them is among the devices.
    private Optional<OpenClDevice> other(OpenClDevice device) {
        int[] count = new int[1];
        CL.clGetDeviceIDs(device.platform(), CL.CL_DEVICE_TYPE_ALL, 0, null, count);
        cl_device_id[] all = new cl_device_id[count[0]];
        CL.clGetDeviceIDs(device.platform(), CL.CL_DEVICE_TYPE_ALL, all.length, all, null);
        return Arrays.stream(all)
                .map(handle -> OpenClDevice.of("opencl:other", device.platform(), handle))
                .filter(this::fits)
                .findFirst();
    }
}
