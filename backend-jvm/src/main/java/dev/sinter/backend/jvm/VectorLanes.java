package dev.sinter.backend.jvm;

import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// What the Vector API offers in this process.
public final class VectorLanes {
    static final String MODULE = "jdk.incubator.vector";

    private static final boolean AVAILABLE =
            ModuleLayer.boot().findModule(MODULE).isPresent();

    private VectorLanes() {}

    /// True if the module `jdk.incubator.vector` is there: it is only with `--add-modules` on the class path.
    public static boolean isAvailable() {
        return AVAILABLE;
    }

    /// How many float32 numbers a vector register of this machine holds; 1 without the Vector API.
    public static int preferred() {
        return AVAILABLE ? Probe.LANES : 1;
    }

    /// Has the JVM load the classes of all vectors that kernels use. HotSpot drops compiled code that relied on knowing
    /// all classes of a kind when another is loaded: they had better be there before kernels are compiled.
    static void loadClasses() {
        if (AVAILABLE) {
            Probe.loadClasses();
        }
    }

    /// Loaded only where the Vector API is there.
    private static final class Probe {
        private static final int LANES = Math.min(16, FloatVector.SPECIES_PREFERRED.length());

        private static void loadClasses() {
            List<VectorSpecies<Float>> shapes = List.of(
                    FloatVector.SPECIES_64, FloatVector.SPECIES_128, FloatVector.SPECIES_256, FloatVector.SPECIES_512);
            for (VectorSpecies<Float> shape : shapes) {
                FloatVector ones = FloatVector.broadcast(shape, 1);
                VectorMask<Float> some = ones.compare(VectorOperators.LT, 0).or(ones.compare(VectorOperators.NE, ones));
                float[] array = new float[shape.length()];
                ones.convert(VectorOperators.F2I, 0).convert(VectorOperators.I2F, 0);
                VectorFunctions.scatter(VectorFunctions.tanh(ones).blend(ones, some), array, 0, 1, 0, 1);
            }
        }
    }
}
