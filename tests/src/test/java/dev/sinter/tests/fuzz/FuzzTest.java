package dev.sinter.tests.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.tests.support.Devices;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Networks that nobody thought of: ONNX Runtime, the oracle and every device make the same of them. The build checks
/// the same ones each time; `-Dfuzz.minutes=N` goes on with new ones for as long, and `-Dfuzz.seed=N` says where these
/// begin.
@NullMarked
class FuzzTest {
    private static final int NETWORKS = 300;

    /// OpenCL's compiler takes longer than all else together: one network in so many is run there.
    private static final int EVERY_OPENCL = 50;

    private static final CaseFiles FILES = new CaseFiles(Path.of("target", "fuzz"));

    @Test
    void the_same_networks_as_always_are_right() {
        requireRight(new Fuzzer(new Subjects(Devices.of(Devices.JVM), Optional.empty(), EVERY_OPENCL)::of), 1);
    }

    @Tag("opencl")
    @Test
    void one_of_fifty_is_right_on_opencl() {
        Subject opencl = Subjects.opencl(Devices.of(Devices.OPENCL));
        requireRight(new Fuzzer(_ -> List.of(opencl)), EVERY_OPENCL);
    }

    private static void requireRight(Fuzzer fuzzer, int every) {
        for (long seed = 0; seed < NETWORKS; seed += every) {
            tell(fuzzer.check(seed));
        }
        assertEquals(NETWORKS / every + " networks, 0 of them fail", fuzzer.summary());
    }

    @EnabledIfSystemProperty(
            named = "fuzz.minutes",
            matches = "[1-9][0-9]*",
            disabledReason = "-Dfuzz.minutes says for how long")
    @Test
    void new_networks_are_right_for_as_long_as_is_asked_for() {
        int everyOpencl = Integer.getInteger("fuzz.opencl", EVERY_OPENCL);
        Fuzzer fuzzer =
                new Fuzzer(new Subjects(Devices.of(Devices.JVM), Devices.find(Devices.OPENCL), everyOpencl)::of);
        Instant end = Instant.now().plus(Duration.ofMinutes(Long.getLong("fuzz.minutes", 0)));
        for (long seed = firstSeed(); Instant.now().isBefore(end); seed++) {
            tell(fuzzer.check(seed));
        }
        System.out.println(fuzzer.summary());
        assertTrue(fuzzer.cases().isEmpty(), fuzzer.summary());
    }

    private static long firstSeed() {
        return Long.getLong("fuzz.seed", System.currentTimeMillis() * 1000);
    }

    private static void tell(List<Fuzzer.Case> cases) {
        cases.forEach(found -> System.out.println(FILES.write(found)));
    }
}
