package dev.sinter.tests.support;

import dev.sinter.ir.exec.Backend;
import dev.sinter.ir.exec.Device;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/// The devices that tests run on.
@NullMarked
public final class Devices {
    public static final String OPENCL = "opencl";
    public static final String JVM = "jvm";

    private Devices() {}

    /// The first device of a backend; skips the calling test where there is none.
    public static Device of(String backend) {
        Optional<Device> device = find(backend);
        String reason = backends(backend).map(Backend::whyUnavailable).collect(Collectors.joining());
        Requirements.assume(backend, device::isPresent, reason.isEmpty() ? "no such backend" : reason);
        return device.orElseThrow();
    }

    /// The first device of a backend, if there is one.
    public static Optional<Device> find(String backend) {
        return backends(backend)
                .flatMap(candidate -> candidate.devices().stream())
                .map(Device.class::cast)
                .findFirst();
    }

    private static Stream<Backend> backends(String name) {
        return ServiceLoader.load(Backend.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(candidate -> candidate.name().equals(name));
    }
}
