package dev.sinter.frontend;

import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Op;
import java.util.List;
import java.util.stream.Stream;

/// An operator without parameters.
///
/// @param others what it reads beside the tensor that flows
record OperatorLayer(String kind, Op op, List<Value> others) implements Layer {
    OperatorLayer {
        others = List.copyOf(others);
    }

    @Override
    public Value addTo(LayerScope scope, Value input) {
        return scope.add(op, Stream.concat(Stream.of(input), others.stream()).toArray(Value[]::new));
    }
}
