package dev.sinter.tests.tornado;

import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.schedule.Target;
import dev.sinter.tests.support.SampleTargets;
import dev.sinter.tests.support.WorkItemsDevice;
import dev.sinter.tests.verify.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The graphs of the golden kernels by the bytecode that TornadoVM would get: schedules for GPUs with local memory and
/// barriers, and ones for CPUs whose vectors are gone through lane by lane.
@NullMarked
class WorkItemBytecodeTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden");

    static List<Path> graphs() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".sir"))
                    .sorted()
                    .toList();
        }
    }

    private static void verify(Path file, Target target) throws IOException {
        Verified.bounded(
                GraphParser.parse(Files.readString(file), file.getFileName().toString()), new WorkItemsDevice(target));
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void schedules_for_gpus_are_right(Path file) throws IOException {
        verify(file, SampleTargets.GPU);
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void schedules_with_vectors_are_right_without(Path file) throws IOException {
        verify(file, SampleTargets.AVX2);
    }
}
