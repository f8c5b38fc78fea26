package dev.sinter.frontend.zoo;

import dev.sinter.frontend.NetworkBuilder;
import dev.sinter.frontend.Tap;
import java.util.List;

/// MobileNetV2 (Sandler et al., 2018) of width 1: inverted residuals, which are wide within and narrow between.
final class MobileNet {
    /// Table 2 of the paper: blocks that are alike but for the first, which has the stride and no shortcut.
    private static final List<Stage> STAGES = List.of(
            new Stage(1, 16, 1, 1),
            new Stage(6, 24, 2, 2),
            new Stage(6, 32, 3, 2),
            new Stage(6, 64, 4, 2),
            new Stage(6, 96, 3, 1),
            new Stage(6, 160, 3, 2),
            new Stage(6, 320, 1, 1));

    /// No rectifier follows a projection, so that the next layer's weights, made for rectified numbers, are too large.
    private static final double PROJECTION_GAIN = 0.5;

    /// What is averaged over the whole map must differ more from channel to channel, else all classes are as likely.
    private static final double LAST_GAIN = 3;

    private static final double RELU_LIMIT = 6;

    private MobileNet() {}

    private record Stage(long expansion, long channels, int blocks, long stride) {}

    static void add(NetworkBuilder network, long batch) {
        network.input("image", batch, 3, 224, 224);
        network.conv(32, 3).stride(2).pad(1).withoutBias().batchNorm().clip(0, RELU_LIMIT);
        for (int stage = 1; stage <= STAGES.size(); stage++) {
            Stage like = STAGES.get(stage - 1);
            for (int block = 1; block <= like.blocks(); block++) {
                block(network, "stage" + stage + "." + block + ".", like, block == 1 ? like.stride() : 1);
            }
        }
        network.conv(1280, 1).withoutBias().batchNorm(LAST_GAIN).clip(0, RELU_LIMIT);
        // In single precision, as ONNX has it.
        network.globalAveragePool().flatten().dropout(0.2f).dense(1000).softmax();
    }

    private static void block(NetworkBuilder network, String prefix, Stage stage, long stride) {
        Tap before = network.tap();
        long inputs = before.shape().dim(1);
        long wide = inputs * stage.expansion();
        if (wide != inputs) {
            network.conv(wide, 1).withoutBias().as(prefix + "expand.conv");
            rectified(network, prefix + "expand.");
        }
        network.conv(wide, 3).groups(wide).stride(stride).pad(1).withoutBias().as(prefix + "depthwise.conv");
        rectified(network, prefix + "depthwise.");
        network.conv(stage.channels(), 1).withoutBias().as(prefix + "project.conv");
        network.batchNorm(PROJECTION_GAIN).as(prefix + "project.norm");
        if (stride == 1 && inputs == stage.channels()) {
            network.add(before).as(prefix + "add");
        }
    }

    private static void rectified(NetworkBuilder network, String prefix) {
        network.batchNorm().as(prefix + "norm").clip(0, RELU_LIMIT).as(prefix + "relu6");
    }
}
