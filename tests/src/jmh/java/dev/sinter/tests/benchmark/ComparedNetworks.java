package dev.sinter.tests.benchmark;

import dev.sinter.frontend.zoo.Zoo;
import dev.sinter.ir.graph.Graph;
import dev.sinter.tests.reference.SeededNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// The networks that runtimes are compared by, with seeded weights.
@NullMarked
final class ComparedNetworks {
    private static final long SEED = 42;
    private static final Map<String, String> TITLES = Map.ofEntries(
            Map.entry("squeezenet", "SqueezeNet"),
            Map.entry("shufflenet", "ShuffleNet"),
            Map.entry("resnet50", "ResNet-50"),
            Map.entry("inception_v1", "Inception v1"),
            Map.entry("inception_v2", "Inception v2"),
            Map.entry("densenet121", "DenseNet-121"),
            Map.entry("bvlc_alexnet", "AlexNet"),
            Map.entry("zfnet512", "ZFNet-512"),
            Map.entry("vgg19", "VGG-19"),
            Map.entry("lenet5", "LeNet-5"),
            Map.entry("mobilenetv2", "MobileNetV2"),
            Map.entry("unet", "U-Net"));

    private ComparedNetworks() {}

    /// As people write it.
    static String title(String name) {
        return TITLES.getOrDefault(name, name);
    }

    /// A network of the zoo, or else of the data beside the project; empty where these are absent.
    static Optional<Graph> graph(String name, long batch) throws IOException {
        if (Zoo.names().contains(name)) {
            return Optional.of(Zoo.graph(name, batch, SEED));
        }
        Path file = file(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        SeededNetwork network = SeededNetwork.read(file, SEED);
        return Optional.of(batch == 1 ? network.graph() : network.graph(batch));
    }

    /// Where the network would be.
    static Path file(String name) {
        @Nullable String folder = System.getenv("SINTER_SHARED_DATA");
        // Benchmarks run in the folder of this module.
        Path data = folder == null || folder.isBlank() ? Path.of("../../shared/data") : Path.of(folder);
        return data.resolve("onnx/light").resolve("light_" + name + ".onnx");
    }
}
