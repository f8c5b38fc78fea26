package dev.sinter.tests.verify;

import dev.sinter.frontend.zoo.Zoo;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.graph.Graph;
import dev.sinter.tests.support.Devices;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every network of the zoo, on every device, against the oracle.
@NullMarked
@Tag("slow")
class ZooVerificationTest {
    static List<String> networks() {
        return Zoo.names();
    }

    @Tag("opencl")
    @ParameterizedTest
    @MethodSource("networks")
    void opencl_stays_within_every_bound(String name) {
        verify(name, Devices.of(Devices.OPENCL));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void the_jvm_stays_within_every_bound(String name) {
        verify(name, Devices.of(Devices.JVM));
    }

    private static void verify(String name, Device device) {
        Graph graph = Zoo.graph(name, 1, 7);
        Verified.bounded(graph, device);
        Verified.exact(graph, device);
    }
}
