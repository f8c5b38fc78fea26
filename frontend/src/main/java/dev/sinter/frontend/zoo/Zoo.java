package dev.sinter.frontend.zoo;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.NearestNames;
import dev.sinter.ir.graph.Graph;
import java.util.List;

/// Known networks by name. Their weights are random but keep activations in a sensible range.
public final class Zoo {
    private static final List<Network> NETWORKS = List.of(
            new Network("lenet5", "LeNet-5 as usual today: ReLU, max pooling; 1x28x28, 10 classes", LeNet::modern),
            new Network(
                    "lenet5-1998", "LeNet-5 as published: tanh, average pooling; 1x32x32, 10 classes", LeNet::original),
            new Network("alexnet", "AlexNet as published: two groups, LRN; 3x227x227, 1000 classes", AlexNet::add),
            new Network("vgg16", "VGG-16: 3x3 convolutions throughout; 3x224x224, 1000 classes", Vgg::add),
            new Network("resnet18", "ResNet-18: residual blocks with batch norm; 3x224x224, 1000 classes", ResNet::add),
            new Network("resnet8", "ResNet of eight layers for small pictures; 3x32x32, 10 classes", ResNet::addSmall),
            new Network(
                    "mobilenetv2",
                    "MobileNetV2: inverted residuals, depthwise convolutions, ReLU6; 3x224x224, 1000 classes",
                    MobileNet::add),
            new Network(
                    "ds-cnn",
                    "Depthwise separable convolutions on a spectrogram of a spoken word; 1x49x10, 12 classes",
                    SeparableConvolutions::add),
            new Network("dilated", "A context network: dilations up to 16; 3x64x64, 8 classes per pixel", Dilated::add),
            new Network(
                    "encoder-decoder",
                    "A small U-Net: transposed convolutions and skips; 3x64x64, 2 classes per pixel",
                    EncoderDecoder::add),
            new Network("unet", "U-Net of four levels, 32 channels wide; 3x128x128, 2 classes per pixel", UNet::add),
            new Network(
                    "mlp",
                    "A perceptron of 512 and 256, which CNNs are compared with; 1x28x28, 10 classes",
                    Perceptron::add));

    private Zoo() {}

    public static List<String> names() {
        return NETWORKS.stream().map(Network::name).toList();
    }

    /// One line about a network.
    ///
    /// @throws CompileException if there is none of that name
    public static String description(String name) {
        return network(name).description();
    }

    /// The network for a batch of images, its weights made from the seed.
    ///
    /// @throws CompileException if there is none of that name; it lists those there are
    public static Graph graph(String name, long batch, long seed) {
        if (batch < 1) {
            throw new CompileException(Code.OPTION, name, "batch " + batch + " must be at least 1", null);
        }
        return network(name).build(batch, seed);
    }

    private static Network network(String name) {
        return NETWORKS.stream()
                .filter(network -> network.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CompileException(
                        Code.OPTION,
                        "zoo",
                        "found network '" + name + "' but expected one of " + String.join(", ", names()),
                        NearestNames.hint(name, names()).orElse(null)));
    }
}
