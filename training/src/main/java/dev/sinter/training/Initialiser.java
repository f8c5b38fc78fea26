package dev.sinter.training;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.BatchNormalization;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.ConvTranspose;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.MatMul;
import dev.sinter.ir.op.PRelu;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the weights of a network are before it has learned anything. Biases are zero, scales of batch normalisation
/// one, slopes of PReLU a quarter ([He et al., 2015](https://arxiv.org/abs/1502.01852)).
public enum Initialiser {
    /// Normal with variance 2 / fan-in, for ReLU ([He et al., 2015](https://arxiv.org/abs/1502.01852)).
    HE,
    /// Uniform with variance 2 / (fan-in + fan-out), for tanh and sigmoid
    /// ([Glorot and Bengio, 2010](https://proceedings.mlr.press/v9/glorot10a.html)).
    GLOROT;

    /// The network with new parameters; the same seed gives the same bits.
    public Graph initialise(Graph network, long seed) {
        Map<Value, Tensor> constants = new LinkedHashMap<>(network.constants());
        for (Value parameter : Trainable.of(network)) {
            constants.put(parameter, tensor(network, parameter, RandomTensors.seedFor(seed, parameter.name())));
        }
        for (Node node : network.nodes()) {
            if (node.op() instanceof BatchNormalization) {
                constants.computeIfPresent(node.input(3), (mean, _) -> Tensor.filled(mean.type(), 0));
                constants.computeIfPresent(node.input(4), (variance, _) -> Tensor.filled(variance.type(), 1));
            }
        }
        return network.with(constants, network.nodes());
    }

    private Tensor tensor(Graph network, Value parameter, long seed) {
        Node reader = network.consumers(parameter).getFirst();
        int place = reader.inputs().indexOf(parameter);
        TensorType type = parameter.type();
        return switch (reader.op()) {
            case Conv _, ConvTranspose _, Gemm _ when place == 1 -> weights(type, fans(reader), seed);
            case MatMul _ -> weights(type, fans(reader), seed);
            case BatchNormalization _ when place == 1 -> Tensor.filled(type, 1);
            case PRelu _ -> Tensor.filled(type, 0.25);
            default -> Tensor.filled(type, 0);
        };
    }

    /// How many products make an output element, and in how many output elements an input element is.
    private record Fans(long in, long out) {}

    private static Fans fans(Node reader) {
        Shape weights = Expect.present(reader.input(1), reader).type().shape();
        return switch (reader.op()) {
            case Conv conv -> {
                long points = points(weights);
                yield new Fans(weights.dim(1) * points, weights.dim(0) / conv.groups() * points);
            }
            case ConvTranspose conv -> {
                long points = points(weights);
                yield new Fans(weights.dim(0) / conv.groups() * points, weights.dim(1) * points);
            }
            case Gemm gemm ->
                gemm.transposeB() ? new Fans(weights.dim(1), weights.dim(0)) : new Fans(weights.dim(0), weights.dim(1));
            default -> {
                int rank = weights.rank();
                yield rank < 2
                        ? new Fans(weights.elements(), 1)
                        : new Fans(weights.dim(rank - 2), weights.dim(rank - 1));
            }
        };
    }

    private static long points(Shape weights) {
        return weights.dims().stream().skip(2).reduce(1L, (a, b) -> a * b);
    }

    private Tensor weights(TensorType type, Fans fans, long seed) {
        return switch (this) {
            case HE -> RandomTensors.heNormal(type, fans.in(), seed);
            case GLOROT -> {
                double limit = Math.sqrt(6.0 / (fans.in() + fans.out()));
                yield RandomTensors.uniform(type, -limit, limit, seed);
            }
        };
    }
}
