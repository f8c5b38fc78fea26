package dev.sinter.backend.opencl;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import org.jocl.CL;
import org.jocl.CLException;

/// What went wrong on a device, in our words.
final class DeviceFailures {
    private DeviceFailures() {}

    static CompileException of(CLException failure, OpenClDevice device, String doing) {
        boolean memory = failure.getStatus() == CL.CL_MEM_OBJECT_ALLOCATION_FAILURE
                || failure.getStatus() == CL.CL_OUT_OF_RESOURCES
                || failure.getStatus() == CL.CL_OUT_OF_HOST_MEMORY
                || failure.getStatus() == CL.CL_INVALID_BUFFER_SIZE;
        return new CompileException(
                memory ? Code.DEVICE_MEMORY : Code.DEVICE_RUN,
                device.id() + " (" + device.name() + ")",
                doing + " failed with " + failure.getMessage(),
                memory ? "use a smaller batch or another device" : null,
                failure);
    }
}
