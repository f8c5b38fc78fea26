package dev.sinter.frontend;

import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.BatchNormalization;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;

/// Batch normalisation with statistics as they may be after training.
///
/// @param gain the mean of the scale
record BatchNormLayer(double gain) implements Layer {
    private static final double EPSILON = 1e-5;

    @Override
    public String kind() {
        return "norm";
    }

    @Override
    public Value addTo(LayerScope scope, Value input) {
        Shape shape = input.type().shape();
        // Of a tensor without channels the operator itself says what is wrong.
        TensorType channels = input.type().withShape(Shape.of(shape.rank() < 2 ? 1 : shape.dim(1)));
        return scope.add(
                new BatchNormalization(EPSILON),
                input,
                scope.uniform("scale", channels, 0.5 * gain, 1.5 * gain),
                scope.bias(channels),
                scope.uniform("mean", channels, -0.1, 0.1),
                scope.uniform("variance", channels, 0.5, 1.5));
    }
}
