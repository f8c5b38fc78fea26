package dev.sinter.tests.golden;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.schedule.Target;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.EvaluatorDevice;
import dev.sinter.tests.support.SampleTargets;
import dev.sinter.tests.verify.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The golden graphs, compiled for every sample target and run in the kernel evaluator: no kernel may touch memory it
/// does not own, use what nothing wrote, or race; and all must compute what the oracle says.
@NullMarked
class GoldenKernelsComputeTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
    private static final long MOST_POINTS = 3_000_000;

    static Stream<Arguments> casesOnTargets() throws IOException {
        List<Target> targets = List.of(
                SampleTargets.AVX512, SampleTargets.AVX2, SampleTargets.SCALAR, SampleTargets.GPU, SampleTargets.FPGA);
        return GoldenKernelTest.cases().stream()
                .filter(name -> points(name) < MOST_POINTS)
                .flatMap(name -> targets.stream().map(target -> Arguments.of(name, target.name())));
    }

    static List<String> allCases() throws IOException {
        return GoldenKernelTest.cases();
    }

    @ParameterizedTest
    @MethodSource("casesOnTargets")
    void kernels_are_safe_and_right_on_every_kind_of_target(String name, String target) {
        Verified.bounded(graph(name), new EvaluatorDevice(SampleTargets.named(target)));
    }

    @Tag("opencl")
    @ParameterizedTest
    @MethodSource("allCases")
    void kernels_compute_the_same_through_opencl(String name) {
        Verified.bounded(graph(name), Devices.of(Devices.OPENCL));
    }

    @ParameterizedTest
    @MethodSource("allCases")
    void kernels_compute_the_same_on_the_jvm(String name) {
        Verified.bounded(graph(name), Devices.of(Devices.JVM));
    }

    private static Graph graph(String name) {
        try {
            return GraphParser.parse(Files.readString(FOLDER.resolve(name + ".sir")), name + ".sir");
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    /// The evaluator is slow: large graphs are left to devices.
    private static long points(String name) {
        return graph(name).nodes().stream()
                .mapToLong(node -> {
                    long weights = node.inputs().size() > 1
                            ? node.input(1).type().shape().elements()
                            : 1;
                    return node.output().type().shape().elements()
                            * Math.max(
                                    1,
                                    weights
                                            / Math.max(
                                                    1,
                                                    node.output().type().shape().dim(1)));
                })
                .sum();
    }
}
