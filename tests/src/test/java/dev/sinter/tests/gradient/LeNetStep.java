package dev.sinter.tests.gradient;

import dev.sinter.ir.gradient.Gradients;
import dev.sinter.ir.gradient.Losses;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.Flatten;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// LeNet-5 (LeCun et al., 1998) with relu and max pools, its loss, and the gradients with respect to all parameters,
/// which are inputs.
@NullMarked
final class LeNetStep {
    private final Graph.Builder builder = Graph.builder("lenet_step");
    private final List<Value> parameters = new ArrayList<>();

    private LeNetStep() {}

    static Graph of(long batch) {
        return new LeNetStep().build(batch);
    }

    private Graph build(long batch) {
        Value x = builder.input("x", TensorType.float32(batch, 1, 28, 28));
        Value targets = builder.input("targets", TensorType.float32(batch, 10));
        Value first = block("conv1", Conv.of(1, 2), x, 6);
        Value second = block("conv2", Conv.of(1, 0), first, 16);
        Value flat = builder.add("flat", new Flatten(1), second);
        Value third = relu("relu3", layer("full3", Gemm.FULLY_CONNECTED, flat, 120, 400));
        Value fourth = relu("relu4", layer("full4", Gemm.FULLY_CONNECTED, third, 84, 120));
        Value logits = layer("logits", Gemm.FULLY_CONNECTED, fourth, 10, 84);
        Value loss = Losses.softmaxCrossEntropy(builder, "loss", logits, targets);
        builder.output(loss);
        return Gradients.of(builder.build(), loss, parameters).graph();
    }

    private Value block(String name, Op conv, Value x, long channels) {
        Value sums = layer(name, conv, x, channels, x.type().shape().dim(1), 5, 5);
        return builder.add(name + ".pool", new MaxPool(Window.square(2, 2)), relu(name + ".relu", sums));
    }

    private Value relu(String name, Value x) {
        return builder.add(name, Unary.RELU, x);
    }

    private Value layer(String name, Op op, Value x, long... weightDims) {
        Value weight = builder.input(name + ".weight", x.type().withShape(Shape.of(weightDims)));
        Value bias = builder.input(name + ".bias", TensorType.float32(weightDims[0]));
        parameters.add(weight);
        parameters.add(bias);
        return builder.add(name, op, x, weight, bias);
    }
}
