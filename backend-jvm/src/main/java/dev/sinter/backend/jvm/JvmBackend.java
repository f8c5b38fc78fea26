package dev.sinter.backend.jvm;

import dev.sinter.ir.exec.Backend;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Workers;
import java.util.List;

/// This process: kernels run as bytecode on the processors that the JVM has. Always there, without native code.
public final class JvmBackend implements Backend {
    private static final class Lazy {
        private static final Device DEVICE = JvmDevice.create();
    }

    @Override
    public String name() {
        return JvmDevice.BACKEND;
    }

    @Override
    public List<Device> devices() {
        // Whose threads may not be made: that is told here, not while a class is initialised.
        Workers.shared();
        return List.of(Lazy.DEVICE);
    }

    @Override
    public String whyUnavailable() {
        return "";
    }
}
