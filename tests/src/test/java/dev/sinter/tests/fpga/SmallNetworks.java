package dev.sinter.tests.fpga;

import dev.sinter.frontend.NetworkBuilder;
import dev.sinter.frontend.Tap;
import dev.sinter.ir.graph.Graph;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Named;

/// Small networks in float32, to be quantised: what larger ones are made of.
@NullMarked
final class SmallNetworks {
    private static final double RELU_LIMIT = 6;

    private SmallNetworks() {}

    static List<Named<Graph>> all() {
        return List.of(
                named("a residual block", SmallNetworks::residual),
                named("a residual block that halves the picture", SmallNetworks::halving),
                named("a mobile block", SmallNetworks::mobile),
                named(
                        "averages of windows",
                        network -> network.conv(4, 3)
                                .relu()
                                .averagePool(2, 2)
                                .stride(2)
                                .conv(3, 1)),
                named("a sigmoid", network -> network.conv(4, 3).sigmoid().conv(3, 1)),
                named(
                        "a bent line",
                        network -> network.conv(4, 3)
                                .pad(1)
                                .leakyRelu(0.1)
                                .maxPool(2, 2)
                                .stride(2)));
    }

    private static Named<Graph> named(String name, UnaryOperator<NetworkBuilder> body) {
        NetworkBuilder network =
                NetworkBuilder.named(name.replace(' ', '_')).seed(5).input("image", 1, 3, 8, 8);
        return Named.of(name, body.apply(network).output().build());
    }

    private static NetworkBuilder residual(NetworkBuilder network) {
        network.conv(8, 3).pad(1).relu();
        Tap before = network.tap();
        network.conv(8, 3).pad(1).relu().conv(8, 3).pad(1).add(before).relu();
        return network.globalAveragePool().flatten().dense(5);
    }

    private static NetworkBuilder halving(NetworkBuilder network) {
        network.conv(4, 3).pad(1).relu();
        Tap before = network.tap();
        Tap shortcut = network.conv(8, 1).stride(2).tap();
        network.from(before)
                .conv(8, 3)
                .stride(2)
                .pad(1)
                .relu()
                .conv(8, 3)
                .pad(1)
                .add(shortcut)
                .relu();
        return network;
    }

    private static NetworkBuilder mobile(NetworkBuilder network) {
        network.conv(4, 3).pad(1).clip(0, RELU_LIMIT);
        Tap before = network.tap();
        network.conv(12, 1).clip(0, RELU_LIMIT);
        network.conv(12, 3).groups(12).pad(1).clip(0, RELU_LIMIT);
        return network.conv(4, 1).add(before).globalAveragePool();
    }
}
