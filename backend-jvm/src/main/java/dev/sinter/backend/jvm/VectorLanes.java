package dev.sinter.backend.jvm;

import jdk.incubator.vector.FloatVector;

/// What the Vector API offers in this process.
public final class VectorLanes {
    private static final boolean AVAILABLE =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    private VectorLanes() {}

    /// True if the module `jdk.incubator.vector` is there: it is only with `--add-modules` on the class path.
    public static boolean isAvailable() {
        return AVAILABLE;
    }

    /// How many float32 numbers a vector register of this machine holds; 1 without the Vector API.
    public static int preferred() {
        return AVAILABLE ? Probe.LANES : 1;
    }

    /// Loaded only where the Vector API is there.
    private static final class Probe {
        private static final int LANES = Math.min(16, FloatVector.SPECIES_PREFERRED.length());
    }
}
