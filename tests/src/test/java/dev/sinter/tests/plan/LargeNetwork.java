package dev.sinter.tests.plan;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.AveragePool;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Concat;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.LeakyRelu;
import dev.sinter.ir.op.Lrn;
import dev.sinter.ir.op.MatMul;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.Pad;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Softmax;
import dev.sinter.ir.op.SoftmaxCrossEntropy;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/// A few operators on tensors as large as real networks have them, without any data: weights are inputs too.
final class LargeNetwork {
    private static final List<Long> BATCHES = List.of(1L, 2L, 4L, 8L, 16L);
    private static final List<Long> EXTENTS =
            List.of(1L, 2L, 3L, 5L, 7L, 8L, 15L, 16L, 17L, 22L, 32L, 33L, 64L, 80L, 100L, 112L, 512L, 1000L, 2048L);

    private static final long MOST_ELEMENTS = 1L << 30;

    private final Random random;
    private final Graph.Builder builder;
    private int names;
    private Value x;

    private LargeNetwork(long seed) {
        random = new Random(seed);
        builder = Graph.builder("large_" + Long.toUnsignedString(seed));
        int rank = 1 + random.nextInt(5);
        long[] dims = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            dims[axis] = pick(axis == 0 ? BATCHES : EXTENTS);
        }
        if (random.nextInt(4) == 0) {
            dims[0] = pick(EXTENTS);
        }
        while (LongStream.of(dims).reduce(1, (a, b) -> a * b) > MOST_ELEMENTS) {
            dims[random.nextInt(rank)] = 1;
        }
        x = input(dims);
    }

    /// The same network for the same seed.
    static Graph of(long seed) {
        LargeNetwork network = new LargeNetwork(seed);
        List<Supplier<Node>> operators = List.of(
                network::softmax,
                network::softmax,
                network::reduce,
                network::elementwise,
                network::elementwise,
                network::transpose,
                network::transpose,
                network::crossEntropy,
                network::lrn,
                network::conv,
                network::conv,
                network::pool,
                network::matrix,
                network::matrix,
                network::move);
        int length = 1 + network.random.nextInt(5);
        for (int i = 0; i < length; i++) {
            network.add(network.pick(operators));
        }
        return network.builder.output(network.x).build();
    }

    /// Leaves the network as it is where an operator does not go with the tensor.
    private void add(Supplier<Node> operator) {
        if (shape().rank() == 0) {
            return;
        }
        try {
            Node node = operator.get();
            if (node.output().type().shape().elements() > 0) {
                x = builder.add(node).output();
            }
        } catch (CompileException _) {
            // Another operator may fit.
        }
    }

    private Shape shape() {
        return x.type().shape();
    }

    private Node node(Op op, Value... operands) {
        return Node.infer("v" + names++, op, List.of(operands));
    }

    private Value input(long... dims) {
        return builder.input("in" + names++, TensorType.float32(dims));
    }

    private Node softmax() {
        return node(new Softmax(random.nextInt(shape().rank())), x);
    }

    private Node reduce() {
        List<Long> axes =
                new ArrayList<>(LongStream.range(0, shape().rank()).boxed().toList());
        Collections.shuffle(axes, random);
        List<Long> some = axes.subList(0, 1 + random.nextInt(axes.size()));
        return node(new Reduce(pick(List.of(Reduce.Kind.values())), some, random.nextInt(3) > 0), x);
    }

    private Node elementwise() {
        return switch (random.nextInt(4)) {
            case 0 -> node(Unary.RELU, x);
            case 1 -> node(new LeakyRelu(0.1), x);
            case 2 -> node(Binary.ADD, x, x);
            default -> node(new Unary(Unary.Kind.SIGMOID), x);
        };
    }

    private Node transpose() {
        List<Long> order =
                new ArrayList<>(LongStream.range(0, shape().rank()).boxed().toList());
        Collections.shuffle(order, random);
        return node(new Transpose(order), x);
    }

    private Node crossEntropy() {
        return node(new SoftmaxCrossEntropy(), x, x);
    }

    private Node lrn() {
        return node(new Lrn(1 + random.nextInt(5), 0.1, 0.75, 1), x);
    }

    private Node conv() {
        int spatial = Math.max(0, shape().rank() - 2);
        long channels = shape().rank() < 2 ? 1 : shape().dim(1);
        long kernel = pick(List.of(1L, 1L, 3L, 3L, 5L, 7L));
        boolean depthwise = random.nextInt(4) == 0;
        List<Long> weights = new ArrayList<>(List.of(depthwise ? channels : pick(EXTENTS), depthwise ? 1 : channels));
        weights.addAll(Collections.nCopies(spatial, kernel));
        Conv conv = new Conv(
                Collections.nCopies(spatial, 1L + random.nextInt(2)),
                Collections.nCopies(2 * spatial, random.nextBoolean() ? kernel / 2 : 0),
                Collections.nCopies(spatial, 1L),
                depthwise ? channels : 1);
        return node(conv, x, input(weights.stream().mapToLong(extent -> extent).toArray()));
    }

    private Node pool() {
        int spatial = Math.max(0, shape().rank() - 2);
        List<Long> kernel = new ArrayList<>();
        for (int axis = 2; axis < shape().rank(); axis++) {
            long whole = shape().dim(axis);
            kernel.add(random.nextInt(3) == 0 ? whole : Math.min(whole, 1 + random.nextInt(4)));
        }
        Window window = new Window(
                kernel,
                Collections.nCopies(spatial, 1L + random.nextInt(3)),
                Collections.nCopies(2 * spatial, 0L),
                Collections.nCopies(spatial, 1L),
                random.nextBoolean());
        return node(random.nextBoolean() ? new MaxPool(window) : new AveragePool(window, true), x);
    }

    private Node matrix() {
        long inner = shape().dim(shape().rank() - 1);
        return shape().rank() == 2 && random.nextBoolean()
                ? node(Gemm.FULLY_CONNECTED, x, input(pick(EXTENTS), inner))
                : node(new MatMul(), x, input(inner, pick(EXTENTS)));
    }

    private Node move() {
        return random.nextBoolean()
                ? node(new Concat(random.nextInt(shape().rank())), x, x)
                : node(
                        new Pad(
                                LongStream.range(0, 2L * shape().rank())
                                        .mapToObj(_ -> random.nextInt(3) - 1L)
                                        .toList(),
                                pick(List.of(Pad.Mode.values())),
                                0),
                        x);
    }

    private <T> T pick(List<? extends T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
