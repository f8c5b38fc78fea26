package dev.sinter.tests.reference;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sinter.frontend.zoo.Zoo;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.plan.Plan;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.Requirements;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole networks with more than one picture at a time.
@NullMarked
@Tag("slow")
class BatchedNetworksTest {
    private static final List<Long> BATCHES = List.of(4L, 16L);

    static List<String> zoo() {
        return Zoo.names();
    }

    @ParameterizedTest
    @MethodSource("zoo")
    void every_network_of_the_zoo_has_a_plan_on_every_target(String name) {
        BATCHES.forEach(batch -> plan(Zoo.graph(name, batch, 7)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "light_bvlc_alexnet",
                "light_densenet121",
                "light_inception_v1",
                "light_inception_v2",
                "light_resnet50",
                "light_shufflenet",
                "light_squeezenet",
                "light_vgg19",
                "light_zfnet512"
            })
    void networks_of_others_have_a_plan_on_every_target(String name) throws IOException {
        SeededNetwork network = SeededNetwork.read(file(name), 42);
        BATCHES.forEach(batch -> plan(network.graph(batch)));
    }

    private static void plan(Graph graph) {
        for (var target : List.of(SampleTargets.AVX512, SampleTargets.AVX2, SampleTargets.GPU, SampleTargets.FPGA)) {
            Plan plan = Sinter.program(graph, target, CompileOptions.DEFAULT).plan();
            plan.steps().stream()
                    .filter(step -> !plan.isInPlace(step.output()))
                    .forEach(step -> assertFalse(step.kernels().isEmpty(), step::toString));
        }
    }

    @Tag("opencl")
    @ParameterizedTest
    @CsvSource({"light_squeezenet, 4", "light_shufflenet, 4", "light_bvlc_alexnet, 5", "light_resnet50, 2"})
    void batches_stay_within_every_bound(String name, long batch) throws IOException {
        verify(SeededNetwork.read(file(name), 42).graph(batch));
    }

    @Tag("opencl")
    @ParameterizedTest
    @CsvSource({"lenet5, 16", "resnet18, 4", "mobilenetv2, 2", "encoder-decoder, 4", "mlp, 16"})
    void batches_of_the_zoo_stay_within_every_bound(String name, long batch) {
        verify(Zoo.graph(name, batch, 7));
    }

    /// All of them, for who has the time: `-Dsinter.batches=all`.
    @Tag("opencl")
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("everything")
    void every_batch_of_every_network_stays_within_every_bound(String name, long batch) throws IOException {
        verify(name.startsWith("light_") ? SeededNetwork.read(file(name), 42).graph(batch) : Zoo.graph(name, batch, 7));
    }

    static Stream<Object[]> everything() throws IOException {
        if (!"all".equals(System.getProperty("sinter.batches"))) {
            return Stream.empty();
        }
        Path folder = Requirements.sharedData().resolve("onnx/light");
        try (Stream<Path> files = Files.list(folder)) {
            List<String> light = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".onnx"))
                    .map(name -> name.replace(".onnx", ""))
                    .sorted()
                    .toList();
            return Stream.concat(light.stream(), Zoo.names().stream())
                    .flatMap(name -> Stream.of(new Object[] {name, 4L}, new Object[] {name, 16L}));
        }
    }

    private static void verify(Graph graph) {
        Verified.bounded(graph, Devices.of(Devices.OPENCL));
        Verified.bounded(graph, Devices.of(Devices.JVM));
    }

    private static Path file(String name) {
        return Requirements.sharedData().resolve("onnx/light").resolve(name + ".onnx");
    }
}
