package dev.sinter.tests.support;

import dev.sinter.ir.exec.Backend;
import dev.sinter.ir.exec.Device;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/// The devices that tests run on.
@NullMarked
public final class Devices {
    public static final String OPENCL = "opencl";
    public static final String JVM = "jvm";

    private Devices() {}

    /// The first device of a backend; skips the calling test where there is none.
    public static Device of(String backend) {
        List<Backend> all = ServiceLoader.load(Backend.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(candidate -> candidate.name().equals(backend))
                .toList();
        List<Device> devices =
                all.stream().flatMap(candidate -> candidate.devices().stream()).toList();
        String reason = all.stream().map(Backend::whyUnavailable).collect(Collectors.joining());
        Requirements.assume(backend, () -> !devices.isEmpty(), reason.isEmpty() ? "no such backend" : reason);
        return devices.getFirst();
    }
}
