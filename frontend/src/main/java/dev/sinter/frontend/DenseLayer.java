package dev.sinter.frontend;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// A fully connected layer.
record DenseLayer(long outputs) implements Layer {
    @Override
    public String kind() {
        return "dense";
    }

    @Override
    public Value addTo(LayerScope scope, Value input) {
        TensorType type = input.type();
        if (type.shape().rank() != 2) {
            throw scope.fault(
                    Code.SHAPE_RANK,
                    "input is " + type + " of rank " + type.shape().rank() + " but rank 2 is expected",
                    "call flatten() before dense()");
        }
        scope.requirePositive("outputs", List.of(outputs));
        long inputs = type.shape().dim(1);
        Value weights = scope.weights(type.withShape(Shape.of(outputs, inputs)), Math.max(1, inputs));
        return scope.add(Gemm.FULLY_CONNECTED, input, weights, scope.bias(type.withShape(Shape.of(outputs))));
    }
}
