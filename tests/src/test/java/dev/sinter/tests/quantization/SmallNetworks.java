package dev.sinter.tests.quantization;

import dev.sinter.frontend.NetworkBuilder;
import dev.sinter.frontend.Tap;
import dev.sinter.frontend.zoo.Zoo;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Tensor;
import dev.sinter.training.quantization.Samples;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/// Networks with random weights, of all that can be quantised.
@NullMarked
final class SmallNetworks {
    private static final int SAMPLES = 6;

    private SmallNetworks() {}

    static List<Graph> all() {
        return List.of(
                Zoo.graph("lenet5", 1, 3),
                Zoo.graph("lenet5-1998", 1, 3),
                Zoo.graph("mlp", 1, 3),
                Zoo.graph("dilated", 1, 3),
                Zoo.graph("encoder-decoder", 1, 3),
                residual());
    }

    /// Bottlenecks as in ResNet-50 (He et al., 2016), a depthwise convolution with a clipped rectifier as in MobileNet
    /// (Howard et al., 2017), grouped convolutions, and branches that are concatenated.
    private static Graph residual() {
        NetworkBuilder network = NetworkBuilder.named("residual").seed(5);
        network.input("image", 1, 3, 32, 32);
        network.conv(16, 3).pad(1).withoutBias().batchNorm().relu().maxPool(2);
        bottleneck(network, 16, 8);
        bottleneck(network, 16, 8);
        network.conv(32, 3).stride(2).pad(1).groups(4).clip(0, 6);
        network.conv(32, 3).pad(1).groups(32).withoutBias().batchNorm().clip(0, 6);
        Tap before = network.tap();
        Tap left = network.conv(16, 1).relu().tap();
        Tap right =
                network.from(before).averagePool(3).stride(1).pad(1).conv(16, 1).tap();
        network.from(left).concat(right);
        bottleneck(network, 32, 8);
        return network.globalAveragePool().flatten().dense(10).softmax().build();
    }

    private static void bottleneck(NetworkBuilder network, long channels, long narrow) {
        Tap before = network.tap();
        network.conv(narrow, 1).withoutBias().batchNorm().relu();
        network.conv(narrow, 3).pad(1).withoutBias().batchNorm().relu();
        network.conv(channels, 1).withoutBias().batchNorm(0.5);
        network.add(before).relu();
    }

    /// Normally distributed numbers.
    static Samples samples(Graph network) {
        Value input = network.inputs().getFirst();
        return new Samples() {
            @Override
            public int batches() {
                return SAMPLES;
            }

            @Override
            public Map<String, Tensor> batch(int number) {
                return Map.of(input.name(), RandomTensors.normal(input.type(), 0.2, 1, number));
            }
        };
    }
}
