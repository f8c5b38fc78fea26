package dev.sinter.backend.opencl;

import dev.sinter.ir.exec.Backend;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Workers;
import java.util.List;

/// All devices of all OpenCL platforms, through JOCL.
public final class OpenClBackend implements Backend {
    private static final class Lazy {
        private static final Discovery.Found FOUND = SignalHandlers.kept(Discovery::run);
    }

    @Override
    public String name() {
        return "opencl";
    }

    @Override
    public List<Device> devices() {
        // Whose threads may not be made: that is told here, not while a class is initialised.
        Workers.shared();
        return Lazy.FOUND.devices();
    }

    @Override
    public String whyUnavailable() {
        return Lazy.FOUND.obstacle();
    }
}
