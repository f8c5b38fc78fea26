package dev.sinter.tests.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.exec.Backend;
import dev.sinter.ir.exec.Device;
import dev.sinter.tests.support.Devices;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Networks that nobody thought of: ONNX Runtime, the oracle and every device make the same of them. The build checks
/// the same ones each time; `-Dfuzz.minutes=N` goes on with new ones for as long, and `-Dfuzz.seed=N` says where these
/// begin.
@NullMarked
class FuzzTest {
    private static final int NETWORKS = 300;

    /// OpenCL's compiler takes longer than all else together: one network in so many is run there.
    private static final int EVERY_OPENCL = Integer.getInteger("fuzz.opencl", 30);

    private static final CaseFiles FILES = new CaseFiles(Path.of("target", "fuzz"));

    @Test
    void the_same_networks_as_always_are_right() {
        Fuzzer fuzzer = fuzzer();
        for (long seed = 0; seed < NETWORKS; seed++) {
            tell(fuzzer.check(seed));
        }
        assertEquals(NETWORKS + " networks, 0 of them fail", fuzzer.summary());
    }

    @Test
    void new_networks_are_right_for_as_long_as_is_asked_for() {
        long minutes = Long.getLong("fuzz.minutes", 0);
        Fuzzer fuzzer = fuzzer();
        Instant end = Instant.now().plus(Duration.ofMinutes(minutes));
        for (long seed = firstSeed(); Instant.now().isBefore(end); seed++) {
            tell(fuzzer.check(seed));
        }
        if (minutes > 0) {
            System.out.println(fuzzer.summary());
        }
        assertTrue(fuzzer.cases().isEmpty(), fuzzer.summary());
    }

    private static long firstSeed() {
        return Long.getLong("fuzz.seed", System.currentTimeMillis() * 1000);
    }

    private static void tell(List<Fuzzer.Case> cases) {
        cases.forEach(found -> System.out.println(FILES.write(found)));
    }

    private static Fuzzer fuzzer() {
        Subjects subjects = new Subjects(Devices.of(Devices.JVM), opencl(), EVERY_OPENCL);
        return new Fuzzer(subjects::of);
    }

    private static Optional<Device> opencl() {
        return ServiceLoader.load(Backend.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(backend -> backend.name().equals(Devices.OPENCL))
                .flatMap(backend -> backend.devices().stream())
                .map(Device.class::cast)
                .findFirst();
    }
}
