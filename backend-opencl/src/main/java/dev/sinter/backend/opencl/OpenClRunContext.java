package dev.sinter.backend.opencl;

import dev.sinter.ir.exec.RunContext;
import dev.sinter.ir.kernel.Kernel;

/// Memory and kernel objects of one run at a time on an OpenCL device.
sealed interface OpenClRunContext extends RunContext permits QueueRunContext, WorkerRunContext {
    /// @param timed whether [#times()] is to tell something; it costs an event for each kernel where there is a queue
    static OpenClRunContext create(OpenClProgram loaded, boolean timed) {
        return loaded.device().workers().isPresent()
                ? WorkerRunContext.create(loaded, loaded.device().workers().get())
                : QueueRunContext.create(loaded, timed);
    }

    /// Runs a kernel and waits until it is done, whatever its arguments hold.
    void runAlone(Kernel kernel);
}
