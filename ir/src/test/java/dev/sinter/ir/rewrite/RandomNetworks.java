package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.AveragePool;
import dev.sinter.ir.op.BatchNormalization;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Clip;
import dev.sinter.ir.op.Concat;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.ConvTranspose;
import dev.sinter.ir.op.Dropout;
import dev.sinter.ir.op.Flatten;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.Identity;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.Pad;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/// Small random networks, full of what the passes look for and of what looks like it but is not.
final class RandomNetworks {
    private static final int MOST_ELEMENTS = 2000;

    private final Random random;
    private final Graph.Builder builder = Graph.builder("random");
    private final List<Value> values = new ArrayList<>();
    private final List<Value> constants = new ArrayList<>();
    private int names;

    private RandomNetworks(long seed) {
        random = new Random(seed);
    }

    /// The same network for the same seed.
    static Graph network(long seed) {
        return new RandomNetworks(seed).network();
    }

    private Graph network() {
        values.add(
                builder.input("x", TensorType.float32(1 + random.nextInt(2), 2 * extent(2), 2 + extent(4), extent(5))));
        List<UnaryOperator<Value>> layers = layers();
        int length = 3 + random.nextInt(12);
        for (int i = 0; i < length; i++) {
            // Mostly on from what was made last, so that chains form, but branches too.
            Value from = random.nextInt(4) == 0 ? pick(values) : values.getLast();
            Value made = pick(layers).apply(from);
            if (made.type().shape().elements() <= MOST_ELEMENTS) {
                values.add(made);
            }
        }
        builder.output(values.getLast());
        if (random.nextInt(3) == 0) {
            builder.output(pick(values));
        }
        return builder.build();
    }

    private List<UnaryOperator<Value>> layers() {
        return List.of(
                this::conv,
                this::conv,
                x -> batchNorm(conv(x)),
                x -> scale(batchNorm(conv(x))),
                x -> conv(pad(x, 0)),
                this::convTranspose,
                this::batchNorm,
                this::scale,
                this::scale,
                x -> scale(scale(x)),
                x -> pool(pad(x, random.nextBoolean() ? 0 : Double.NEGATIVE_INFINITY)),
                x -> pool(pad(add(Unary.RELU, x), 0)),
                this::pool,
                x -> pad(x, random.nextInt(2)),
                x -> add(pick(List.of(new Identity(), new Dropout(0.5), new Clip(-3, 3), Unary.RELU)), x),
                x -> add(new Unary(pick(List.of(Unary.Kind.TANH, Unary.Kind.ABS, Unary.Kind.SIGMOID))), x),
                this::reshape,
                this::transpose,
                x -> add(new Flatten(random.nextInt(x.type().shape().rank() + 1)), x),
                this::gemm,
                this::concat,
                this::combine,
                this::again);
    }

    private Value conv(Value x) {
        if (!isImage(x)) {
            return x;
        }
        Shape shape = x.type().shape();
        long channels = shape.dim(1);
        long groups = channels % 2 == 0 ? 1 + random.nextInt(2) : 1;
        long[] kernel = kernel(shape);
        Conv conv = new Conv(longs(extent(2), extent(2)), pads(), longs(1, 1), groups);
        long outputs = groups * extent(2);
        Value weights = constant(outputs, channels / groups, kernel[0], kernel[1]);
        return add(conv, random.nextBoolean() ? List.of(x, weights) : List.of(x, weights, constant(outputs)));
    }

    private Value convTranspose(Value x) {
        if (!isImage(x)) {
            return x;
        }
        long channels = x.type().shape().dim(1);
        long groups = channels % 2 == 0 ? 1 + random.nextInt(2) : 1;
        long stride = extent(2);
        ConvTranspose conv =
                new ConvTranspose(longs(stride, 1), longs(0, 0, 0, 0), longs(stride - 1, 0), longs(1, 1), groups);
        return add(conv, List.of(x, constant(channels, extent(2), extent(2), extent(2))));
    }

    private Value gemm(Value x) {
        Value matrix = x.type().shape().rank() == 2
                ? x
                : add(new Flatten(Math.min(1, x.type().shape().rank())), x);
        long inner = matrix.type().shape().dim(1);
        long outputs = extent(4);
        boolean transposed = random.nextBoolean();
        Value weights = transposed ? constant(outputs, inner) : constant(inner, outputs);
        Gemm gemm = new Gemm(pick(List.of(1.0, 0.5)), pick(List.of(1.0, 2.0, 0.0)), false, transposed);
        return switch (random.nextInt(4)) {
            case 0 -> add(gemm, List.of(matrix, weights));
            case 1 -> add(gemm, List.of(matrix, weights, constant(1)));
            case 2 ->
                add(
                        gemm,
                        List.of(matrix, weights, constant(matrix.type().shape().dim(0), outputs)));
            default -> add(gemm, List.of(matrix, weights, constant(outputs)));
        };
    }

    private Value batchNorm(Value x) {
        if (x.type().shape().rank() < 2) {
            return x;
        }
        long channels = x.type().shape().dim(1);
        Tensor variance = RandomTensors.uniform(TensorType.float32(channels), 0.1, 2, random.nextLong());
        return add(
                new BatchNormalization(1e-3),
                List.of(x, constant(channels), constant(channels), constant(channels), constant(variance)));
    }

    /// Arithmetic with one constant of some shape that may or may not be per channel.
    private Value scale(Value x) {
        Shape shape = x.type().shape();
        List<Binary.Kind> kinds = List.of(Binary.Kind.ADD, Binary.Kind.SUB, Binary.Kind.MUL, Binary.Kind.DIV);
        Binary.Kind kind = pick(kinds);
        long[] dims = new long[shape.rank()];
        Arrays.fill(dims, 1);
        if (shape.rank() > 0) {
            int axis = random.nextInt(3) > 0 ? Math.min(1, shape.rank() - 1) : random.nextInt(shape.rank());
            dims[axis] = shape.dim(axis);
        }
        int leading = shape.rank() > 1 && dims[0] == 1 ? random.nextInt(2) : 0;
        TensorType type = new TensorType(
                x.type().element(), Shape.of(LongStream.of(dims).skip(leading).toArray()));
        Value operand = switch (random.nextInt(8)) {
            case 0 -> constant(Tensor.filled(type, 1));
            case 1 -> constant(Tensor.filled(type, 0.5));
            case 2 -> constant(RandomTensors.uniform(type, -1000, -999, random.nextLong()));
            case 3 -> constant(RandomTensors.uniform(type, 1000, 1001, random.nextLong()));
            default -> constant(RandomTensors.uniform(type, 0.5, 2, random.nextLong()));
        };
        boolean reversed = kind != Binary.Kind.DIV && random.nextBoolean();
        return add(new Binary(kind), reversed ? List.of(operand, x) : List.of(x, operand));
    }

    private Value pad(Value x, double value) {
        if (!isImage(x)) {
            return x;
        }
        return add(
                new Pad(
                        longs(
                                0,
                                0,
                                random.nextInt(3),
                                random.nextInt(2),
                                0,
                                random.nextInt(8) / 7,
                                random.nextInt(2),
                                1),
                        random.nextInt(6) == 0 ? Pad.Mode.EDGE : Pad.Mode.CONSTANT,
                        value),
                List.of(x));
    }

    private Value pool(Value x) {
        if (!isImage(x)) {
            return x;
        }
        long[] kernel = kernel(x.type().shape());
        List<Long> pads = random.nextBoolean() || kernel[0] < 2 || kernel[1] < 2 ? longs(0, 0, 0, 0) : pads();
        Window window = new Window(longs(kernel), longs(extent(3), extent(2)), pads, longs(1, 1), random.nextBoolean());
        return add(
                random.nextBoolean() ? new MaxPool(window) : new AveragePool(window, random.nextBoolean()), List.of(x));
    }

    private Value reshape(Value x) {
        List<Long> dims = new ArrayList<>(x.type().shape().dims());
        switch (random.nextInt(3)) {
            case 0 -> Collections.shuffle(dims, random);
            case 1 -> dims.add(random.nextInt(dims.size() + 1), 1L);
            default -> dims.removeIf(dim -> dim == 1);
        }
        return dims.size() > 5 ? x : add(new Reshape(dims), List.of(x));
    }

    private Value transpose(Value x) {
        List<Long> order = new ArrayList<>(
                LongStream.range(0, x.type().shape().rank()).boxed().toList());
        if (random.nextInt(4) > 0) {
            Collections.shuffle(order, random);
        }
        return add(new Transpose(order), List.of(x));
    }

    private Value concat(Value x) {
        if (x.type().shape().rank() == 0) {
            return x;
        }
        return add(new Concat(0), random.nextBoolean() ? List.of(x) : List.of(x, x));
    }

    /// Arithmetic of two values of one shape, or with a constant that is computed.
    private Value combine(Value x) {
        Value other = random.nextBoolean()
                ? pick(values)
                : add(
                        Unary.RELU,
                        add(
                                new Identity(),
                                constant(x.type().shape().dims().stream()
                                        .mapToLong(dim -> dim)
                                        .toArray())));
        return other.type().equals(x.type()) ? add(Binary.ADD, List.of(x, other)) : x;
    }

    /// The same function of the same value twice, for the values' sum.
    private Value again(Value x) {
        Value factor = constant(1);
        return x.type().shape().rank() == 0
                ? x
                : add(
                        Binary.ADD,
                        List.of(
                                add(new Binary(Binary.Kind.MUL), List.of(x, factor)),
                                add(new Binary(Binary.Kind.MUL), List.of(factor, x))));
    }

    private static boolean isImage(Value x) {
        Shape shape = x.type().shape();
        return shape.rank() == 4 && shape.elements() > 0;
    }

    private long[] kernel(Shape image) {
        return new long[] {
            1 + random.nextInt((int) Math.min(3, image.dim(2))), 1 + random.nextInt((int) Math.min(3, image.dim(3)))
        };
    }

    private List<Long> pads() {
        return longs(random.nextInt(2), random.nextInt(2), random.nextInt(2), random.nextInt(2));
    }

    private Value constant(long... dims) {
        if (!constants.isEmpty() && random.nextInt(3) == 0) {
            Value known = pick(constants);
            if (known.type().shape().equals(Shape.of(dims))) {
                return known;
            }
        }
        return constant(RandomTensors.uniform(TensorType.float32(dims), -1, 1, random.nextInt(3)));
    }

    private Value constant(Tensor tensor) {
        Value value = builder.constant("c" + names++, tensor);
        constants.add(value);
        return value;
    }

    private Value add(Op op, Value input) {
        return add(op, List.of(input));
    }

    private Value add(Op op, List<Value> inputs) {
        return builder.add("v" + names++, op, inputs.toArray(Value[]::new));
    }

    private long extent(int most) {
        return 1L + random.nextInt(most);
    }

    private <T> T pick(List<? extends T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static List<Long> longs(long... numbers) {
        return LongStream.of(numbers).boxed().toList();
    }
}
