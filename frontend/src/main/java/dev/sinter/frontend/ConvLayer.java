package dev.sinter.frontend;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.ConvTranspose;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// A convolution or a transposed one.
///
/// @param kernel one extent per spatial dimension, or one for all
record ConvLayer(boolean transposed, long channels, List<Long> kernel) implements Layer {
    ConvLayer {
        kernel = List.copyOf(kernel);
    }

    @Override
    public String kind() {
        return transposed ? "upconv" : "conv";
    }

    @Override
    public Set<LayerSetting> settings() {
        Set<LayerSetting> settings = EnumSet.of(
                LayerSetting.PAD,
                LayerSetting.STRIDE,
                LayerSetting.DILATION,
                LayerSetting.GROUPS,
                LayerSetting.WITHOUT_BIAS);
        if (transposed) {
            settings.add(LayerSetting.OUTPUT_PAD);
        }
        return settings;
    }

    @Override
    public Value addTo(LayerScope scope, Value input) {
        TensorType type = input.type();
        int spatial = scope.spatialRank(type);
        List<Long> extents = scope.expanded("kernel", kernel, spatial);
        List<Long> strides = scope.setting(LayerSetting.STRIDE, spatial, 1);
        long inputs = type.shape().dim(1);
        long groups = scope.setting(LayerSetting.GROUPS, 1, 1).getFirst();
        scope.requirePositive("channels", List.of(channels));
        scope.requirePositive("kernel", extents);
        scope.requirePositive("stride", strides);
        if (groups < 1 || inputs % groups != 0 || channels % groups != 0) {
            String both = inputs + " input channels and " + channels + " output channels";
            throw scope.fault(Code.ATTRIBUTE, groups + " groups do not divide " + both, null);
        }
        List<Long> dims =
                new ArrayList<>(transposed ? List.of(inputs, channels / groups) : List.of(channels, inputs / groups));
        dims.addAll(extents);
        // Of a transposed convolution's kernel only every stride-th point meets an input element.
        long points = product(extents) / (transposed ? product(strides) : 1);
        Value weights = scope.weights(type.withShape(new Shape(dims)), Math.max(1, inputs / groups * points));
        Op op = op(scope, spatial, strides, groups);
        if (scope.flag(LayerSetting.WITHOUT_BIAS)) {
            return scope.add(op, input, weights);
        }
        return scope.add(op, input, weights, scope.bias(type.withShape(Shape.of(channels))));
    }

    private Op op(LayerScope scope, int spatial, List<Long> strides, long groups) {
        List<Long> dilations = scope.setting(LayerSetting.DILATION, spatial, 1);
        List<Long> pads = scope.pads(spatial);
        if (!transposed) {
            return new Conv(strides, pads, dilations, groups);
        }
        return new ConvTranspose(strides, pads, scope.setting(LayerSetting.OUTPUT_PAD, spatial, 0), dilations, groups);
    }

    private static long product(List<Long> values) {
        return values.stream().reduce(1L, (a, b) -> a * b);
    }
}
