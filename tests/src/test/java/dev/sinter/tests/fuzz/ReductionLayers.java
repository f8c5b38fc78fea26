package dev.sinter.tests.fuzz;

import dev.sinter.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;

/// Sums over whole dimensions: reductions, normalisations, softmax, and products of matrices.
@NullMarked
final class ReductionLayers {
    private ReductionLayers() {}

    static List<Layer> all() {
        return List.of(
                ReductionLayers::reduce,
                ReductionLayers::reduce,
                ReductionLayers::place,
                ReductionLayers::softmax,
                ReductionLayers::softmax,
                ReductionLayers::batchNormalization,
                ReductionLayers::batchNormalization,
                ReductionLayers::instanceNormalization,
                ReductionLayers::layerNormalization,
                ReductionLayers::localResponse,
                ReductionLayers::lpNormalization,
                ReductionLayers::meanVariance,
                ReductionLayers::cumulativeSum,
                ReductionLayers::gemm,
                ReductionLayers::gemm,
                ReductionLayers::matmul,
                ReductionLayers::matmul,
                ReductionLayers::matmulOfTwo,
                ReductionLayers::topK);
    }

    private static Optional<Known> reduce(Growth network, Known x) {
        if (!x.isReal() || x.rank() == 0) {
            return Optional.empty();
        }
        String operator = network.pick(List.of(
                "ReduceSum",
                "ReduceMean",
                "ReduceMax",
                "ReduceMin",
                "ReduceL1",
                "ReduceL2",
                "ReduceSumSquare",
                "ReduceLogSumExp",
                "ReduceProd"));
        List<Long> axes = IntStream.range(0, x.rank())
                .filter(_ -> network.once(2))
                .mapToObj(axis -> (long) (network.once(3) ? axis - x.rank() : axis))
                .toList();
        Growth.Draft node = network.node(operator).reads(x).with("keepdims", network.once(2));
        if (axes.isEmpty()) {
            return node.add();
        }
        boolean isInput = network.opset() >= 18 || operator.equals("ReduceSum");
        return (isInput ? node.reads(network.list(axes)) : node.with("axes", axes)).add();
    }

    private static Optional<Known> place(Growth network, Known x) {
        if (x.rank() == 0) {
            return Optional.empty();
        }
        return network.node(network.pick(List.of("ArgMax", "ArgMin")))
                .reads(x)
                .with("axis", network.between(-x.rank(), x.rank() - 1))
                .with("keepdims", network.once(2))
                .with("select_last_index", network.once(2))
                .add();
    }

    private static Optional<Known> softmax(Growth network, Known x) {
        if (!x.isReal() || x.rank() == 0) {
            return Optional.empty();
        }
        return network.node(network.pick(List.of("Softmax", "Softmax", "LogSoftmax", "Hardmax")))
                .reads(x)
                .with("axis", network.between(-x.rank(), x.rank() - 1))
                .add();
    }

    private static Optional<Known> batchNormalization(Growth network, Known x) {
        if (!x.isReal() || x.rank() < 2) {
            return Optional.empty();
        }
        Growth.Draft node = norm(network, x);
        return (network.once(2) ? node.with("epsilon", 1e-3) : node).add();
    }

    /// A batch normalisation of channels.
    static Growth.Draft norm(Growth network, Known x) {
        long channels = x.dim(1);
        return network.node("BatchNormalization")
                .reads(x)
                .reads(
                        network.normal(1, channels),
                        network.normal(1, channels),
                        network.normal(1, channels),
                        network.uniform(0.5, 1.5, channels));
    }

    private static Optional<Known> instanceNormalization(Growth network, Known x) {
        if (!x.isSpatial()) {
            return Optional.empty();
        }
        return network.node("InstanceNormalization")
                .reads(x)
                .reads(network.normal(1, x.dim(1)), network.normal(1, x.dim(1)))
                .with("epsilon", 0.1)
                .add();
    }

    private static Optional<Known> layerNormalization(Growth network, Known x) {
        if (!x.isReal() || x.rank() == 0 || network.opset() < 17) {
            return Optional.empty();
        }
        int axis = network.random().nextInt(x.rank());
        long[] dims = new long[x.rank() - axis];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = x.dim(axis + i);
        }
        Growth.Draft node = network.node("LayerNormalization").reads(x).reads(network.normal(1, dims));
        return (network.once(2) ? node.reads(network.normal(1, dims)) : node)
                .with("axis", network.once(2) ? axis : axis - x.rank())
                .with("epsilon", 0.1)
                .add();
    }

    private static Optional<Known> localResponse(Growth network, Known x) {
        if (!x.isReal()) {
            return Optional.empty();
        }
        return network.node("LRN")
                .reads(x)
                .with("size", network.pick(List.of(1L, 3L, 5L)))
                .with("alpha", 0.1)
                .add();
    }

    private static Optional<Known> lpNormalization(Growth network, Known x) {
        if (!x.isReal() || x.rank() == 0) {
            return Optional.empty();
        }
        return network.node("LpNormalization")
                .reads(x)
                .with("axis", network.between(-x.rank(), x.rank() - 1))
                .with("p", network.between(1, 2))
                .add();
    }

    /// Before opset 9 it was an experiment, which ONNX Runtime understands as of the whole batch.
    private static Optional<Known> meanVariance(Growth network, Known x) {
        if (!x.isReal() || x.rank() != 4 || network.opset() < 9) {
            return Optional.empty();
        }
        return network.node("MeanVarianceNormalization").reads(x).add();
    }

    private static Optional<Known> cumulativeSum(Growth network, Known x) {
        if (!x.isReal() || x.rank() == 0 || network.opset() < 14) {
            return Optional.empty();
        }
        return network.node("CumSum")
                .reads(x)
                .reads(network.scalar(ElementType.INT64, network.between(-x.rank(), x.rank() - 1)))
                .with("exclusive", network.once(2))
                .with("reverse", network.once(2))
                .add();
    }

    private static Optional<Known> gemm(Growth network, Known x) {
        if (!x.isReal() || x.rank() == 0) {
            return Optional.empty();
        }
        Optional<Known> matrix = x.rank() == 2
                ? Optional.of(x)
                : network.node("Flatten").reads(x).with("axis", 1L).add();
        if (matrix.isEmpty() || matrix.get().shape().elements() * 10 > network.mostProducts()) {
            return Optional.empty();
        }
        boolean transposed = network.once(3);
        long inner = matrix.get().dim(transposed ? 0 : 1);
        long rows = matrix.get().dim(transposed ? 1 : 0);
        long columns = network.pick(List.of(1L, 7L, 10L, 16L, 17L, 33L));
        boolean other = network.once(2);
        double deviation = Math.sqrt(1.0 / inner);
        Growth.Draft node = network.node("Gemm")
                .reads(matrix.get())
                .reads(other ? network.normal(deviation, columns, inner) : network.normal(deviation, inner, columns))
                .with("transA", transposed)
                .with("transB", other);
        if (network.once(3)) {
            node.with("alpha", 0.5).with("beta", 2.0);
        }
        return switch (network.random().nextInt(5)) {
            case 0 -> node.reads(network.normal(1, columns)).add();
            case 1 -> node.reads(network.normal(1, rows, 1)).add();
            case 2 -> node.reads(network.normal(1, rows, columns)).add();
            case 3 -> node.reads(network.normal(1)).add();
            default -> node.add();
        };
    }

    private static Optional<Known> matmul(Growth network, Known x) {
        if (!x.isReal() || x.rank() == 0 || x.shape().elements() * 33 > network.mostProducts()) {
            return Optional.empty();
        }
        long inner = x.dim(x.rank() - 1);
        long columns = network.pick(List.of(1L, 2L, 7L, 16L, 17L, 33L));
        double deviation = Math.sqrt(1.0 / inner);
        String weights = network.once(6) ? network.normal(deviation, inner) : network.normal(deviation, inner, columns);
        return network.node("MatMul").reads(x).reads(weights).add();
    }

    /// As attention multiplies queries and keys.
    private static Optional<Known> matmulOfTwo(Growth network, Known x) {
        if (!x.isReal() || x.rank() < 2) {
            return Optional.empty();
        }
        List<Known> fitting = new ArrayList<>(network.values());
        fitting.removeIf(other -> !other.isReal() || other.rank() != x.rank());
        List<Long> order = new ArrayList<>(
                IntStream.range(0, x.rank()).mapToObj(axis -> (long) axis).toList());
        order.addLast(order.remove(x.rank() - 2));
        return network.node("Transpose")
                .reads(network.pick(fitting))
                .with("perm", order)
                .add()
                .flatMap(turned -> network.node("MatMul").reads(x, turned).add());
    }

    private static Optional<Known> topK(Growth network, Known x) {
        if (!x.isReal() || x.rank() == 0) {
            return Optional.empty();
        }
        int axis = network.random().nextInt(x.rank());
        return network.node("TopK")
                .reads(x)
                .reads(network.list(List.of(network.between(1, x.dim(axis)))))
                .with("axis", axis)
                .with("largest", network.once(2))
                .add(2)
                .map(network::pick);
    }
}
