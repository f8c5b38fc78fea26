package dev.sinter.tests.verify;

import dev.sinter.frontend.zoo.Zoo;
import dev.sinter.ir.exec.Device;
import dev.sinter.tests.support.Devices;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every network of the zoo, on every device, against the oracle.
@NullMarked
@Tag("slow")
class ZooVerificationTest {
    /// To evaluate them in double takes most of the time, so each device judges them in one of two ways.
    private static final Set<String> LARGE = Set.of("alexnet", "vgg16");

    static List<String> networks() {
        return Zoo.names();
    }

    @Tag("opencl")
    @ParameterizedTest
    @MethodSource("networks")
    void opencl_stays_within_every_bound(String name) {
        Device opencl = Devices.of(Devices.OPENCL);
        Verified.bounded(Zoo.graph(name, 1, 7), opencl);
        if (!LARGE.contains(name)) {
            Verified.exact(Zoo.graph(name, 1, 7), opencl);
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void the_jvm_stays_within_every_bound(String name) {
        Device jvm = Devices.of(Devices.JVM);
        Verified.exact(Zoo.graph(name, 1, 7), jvm);
        if (!LARGE.contains(name)) {
            Verified.bounded(Zoo.graph(name, 1, 7), jvm);
        }
    }
}
