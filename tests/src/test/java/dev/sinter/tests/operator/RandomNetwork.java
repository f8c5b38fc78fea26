package dev.sinter.tests.operator;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.AveragePool;
import dev.sinter.ir.op.BatchNormalization;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Clip;
import dev.sinter.ir.op.Concat;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.ConvTranspose;
import dev.sinter.ir.op.Flatten;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.LeakyRelu;
import dev.sinter.ir.op.Lrn;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.PRelu;
import dev.sinter.ir.op.Pad;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Softmax;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullMarked;

/// Small random networks around convolutions and pools: what fusion, layouts and schedules must find their way through.
@NullMarked
public final class RandomNetwork {
    private static final long MOST_ELEMENTS = 3000;
    private static final long MOST_PRODUCTS = 50_000;
    private static final List<Long> CHANNELS = List.of(1L, 2L, 3L, 5L, 8L, 16L, 17L, 24L, 32L, 33L, 48L);

    private final Random random;
    private final Graph.Builder builder = Graph.builder("random");
    private final List<Value> values = new ArrayList<>();
    private final List<UnaryOperator<Value>> layers = List.of(
            this::conv,
            this::conv,
            this::conv,
            this::convTranspose,
            this::pool,
            this::pool,
            this::activation,
            this::activation,
            this::arithmetic,
            this::batchNorm,
            this::combine,
            this::combine,
            this::concat,
            this::gate,
            this::whole,
            this::move);

    private RandomNetwork(long seed) {
        random = new Random(seed);
    }

    /// The same network for the same seed.
    public static Graph of(long seed) {
        return new RandomNetwork(seed).network();
    }

    private Graph network() {
        int spatial = pick(List.of(1, 2, 2, 2, 2, 2, 3));
        long[] dims = new long[spatial + 2];
        dims[0] = 1 + random.nextInt(2);
        dims[1] = pick(CHANNELS);
        for (int axis = 2; axis < dims.length; axis++) {
            dims[axis] = 1 + random.nextInt(spatial == 2 ? 9 : 6);
        }
        values.add(builder.input("x", TensorType.float32(dims)));
        int length = 2 + random.nextInt(7);
        for (int i = 0; i < length; i++) {
            // Mostly on from what was made last, so that chains form, but branches too.
            Value from = random.nextInt(4) == 0 ? pick(values) : values.getLast();
            values.add(pick(layers).apply(from));
        }
        Value last = values.getLast();
        builder.output(random.nextInt(4) == 0 ? dense(last) : last);
        Value other = pick(values);
        if (random.nextInt(4) == 0 && other != last) {
            builder.output(other);
        }
        return builder.build();
    }

    private Value conv(Value x) {
        List<Long> kernel = kernel(x);
        long channels = x.type().shape().dim(1);
        long groups = random.nextInt(4) == 0 ? divisor(channels) : 1;
        long outputs = groups == 1
                ? pick(CHANNELS)
                : groups * pick(List.of(1L, 1L, 2L, 3L, Math.max(1, 16 / Math.min(16, groups))));
        List<Long> weights = new ArrayList<>(List.of(outputs, channels / groups));
        weights.addAll(kernel);
        Conv conv = new Conv(strides(kernel), pads(kernel), dilations(kernel), groups);
        return addWeighted(conv, x, weights, outputs);
    }

    private Value convTranspose(Value x) {
        List<Long> kernel = kernel(x);
        long channels = x.type().shape().dim(1);
        long groups = random.nextInt(3) == 0 ? divisor(channels) : 1;
        long perGroup = pick(List.of(1L, 2L, 5L, 16L));
        List<Long> weights = new ArrayList<>(List.of(channels, perGroup));
        weights.addAll(kernel);
        List<Long> strides = strides(kernel);
        ConvTranspose conv = new ConvTranspose(
                strides,
                pads(kernel),
                strides.stream().map(stride -> stride - 1).toList(),
                dilations(kernel),
                groups);
        return addWeighted(conv, x, weights, perGroup * groups);
    }

    private Value addWeighted(Op op, Value x, List<Long> weights, long outputs) {
        Shape shape = new Shape(weights);
        long fanIn = Math.max(1, shape.elements() / Math.max(1, outputs));
        if (x.type().shape().elements() * shape.elements() / x.type().shape().dim(1) > MOST_PRODUCTS) {
            return x;
        }
        List<Value> operands = new ArrayList<>(List.of(x, constant(shape, fanIn)));
        if (random.nextBoolean()) {
            operands.add(constant(Shape.of(outputs), 20));
        }
        return add(op, operands, x);
    }

    private Value pool(Value x) {
        List<Long> kernel = kernel(x);
        Window window = new Window(kernel, strides(kernel), pads(kernel), dilations(kernel), random.nextInt(3) == 0);
        Op pool = random.nextBoolean() ? new MaxPool(window) : new AveragePool(window, random.nextBoolean());
        return add(pool, List.of(x), x);
    }

    private Value activation(Value x) {
        List<Op> functions = List.of(
                Unary.RELU,
                Unary.RELU,
                new Unary(Unary.Kind.TANH),
                new Unary(Unary.Kind.SIGMOID),
                new Unary(Unary.Kind.ABS),
                new Unary(Unary.Kind.NEGATE),
                new LeakyRelu(0.1),
                new Clip(-1, 2));
        if (random.nextInt(6) == 0) {
            return add(new PRelu(), List.of(x, constant(perChannel(x), 20)), x);
        }
        return add(pick(functions), List.of(x), x);
    }

    private Value arithmetic(Value x) {
        Binary op = new Binary(
                pick(List.of(Binary.Kind.ADD, Binary.Kind.SUB, Binary.Kind.MUL, Binary.Kind.MAX, Binary.Kind.MIN)));
        Value constant = random.nextInt(3) == 0 ? constant(Shape.of(), 1) : constant(perChannel(x), 1);
        return add(op, random.nextBoolean() ? List.of(x, constant) : List.of(constant, x), x);
    }

    private Value batchNorm(Value x) {
        Shape channels = Shape.of(x.type().shape().dim(1));
        Value variance = builder.constant(
                fresh(),
                RandomTensors.uniform(new TensorType(x.type().element(), channels), 0.5, 1.5, random.nextLong()));
        return add(
                new BatchNormalization(1e-3),
                List.of(x, constant(channels, 1), constant(channels, 1), constant(channels, 1), variance),
                x);
    }

    /// A residual: with another value of this shape, or with one computed from this one.
    private Value combine(Value x) {
        List<Value> alike = new ArrayList<>(values);
        alike.removeIf(other -> other == x || !other.type().equals(x.type()));
        Value other = alike.isEmpty() || random.nextInt(3) == 0 ? activation(x) : pick(alike);
        return add(pick(List.of(Binary.ADD, new Binary(Binary.Kind.MUL))), List.of(x, other), x);
    }

    private Value concat(Value x) {
        int rank = x.type().shape().rank();
        int axis = random.nextInt(3) == 0 ? random.nextInt(rank) : 1;
        List<Value> pieces = new ArrayList<>(List.of(x));
        for (Value other : values) {
            Shape shape = other.type().shape();
            boolean fits = shape.rank() == rank
                    && shape.with(axis, 0).equals(x.type().shape().with(axis, 0));
            if (fits && pieces.size() < 4 && random.nextBoolean()) {
                pieces.add(other);
            }
        }
        Collections.shuffle(pieces, random);
        return add(new Concat(axis), pieces, x);
    }

    /// Squeeze and excitation: times a function of the mean of each channel.
    private Value gate(Value x) {
        List<Long> axes = LongStream.range(2, x.type().shape().rank()).boxed().toList();
        Reduce.Kind kind = pick(List.of(Reduce.Kind.MEAN, Reduce.Kind.MAX));
        Value mean = add(new Reduce(kind, axes, true), List.of(x), x);
        Value less = conv(mean);
        Value gate = add(new Unary(Unary.Kind.SIGMOID), List.of(less.type().equals(mean.type()) ? less : mean), mean);
        return add(new Binary(Binary.Kind.MUL), List.of(x, gate), x);
    }

    private Value whole(Value x) {
        return add(random.nextBoolean() ? new Softmax(1) : new Lrn(1 + random.nextInt(5), 0.1, 0.75, 1), List.of(x), x);
    }

    private Value move(Value x) {
        int rank = x.type().shape().rank();
        if (random.nextBoolean()) {
            List<Long> order = new ArrayList<>(LongStream.range(0, rank).boxed().toList());
            Collections.shuffle(order.subList(1, rank), random);
            return add(new Transpose(order), List.of(x), x);
        }
        List<Long> pads = new ArrayList<>(Collections.nCopies(2 * rank, 0L));
        for (int axis = 1; axis < rank; axis++) {
            pads.set(axis, random.nextInt(3) - 1L);
            pads.set(axis + rank, random.nextInt(3) - 1L);
        }
        return add(new Pad(pads, pick(List.of(Pad.Mode.values())), 0.5), List.of(x), x);
    }

    private Value dense(Value x) {
        Value flat = add(new Flatten(1), List.of(x), x);
        if (flat == x || flat.type().shape().dim(1) > 2000) {
            return x;
        }
        long inner = flat.type().shape().dim(1);
        long outputs = pick(List.of(1L, 7L, 10L, 16L, 17L));
        Value weights = constant(Shape.of(outputs, inner), inner);
        return add(Gemm.FULLY_CONNECTED, List.of(flat, weights, constant(Shape.of(outputs), 20)), flat);
    }

    private List<Long> kernel(Value x) {
        List<Long> kernel = new ArrayList<>();
        for (int axis = 2; axis < x.type().shape().rank(); axis++) {
            kernel.add(1L + random.nextInt(random.nextInt(5) == 0 ? 5 : 3));
        }
        return kernel;
    }

    private List<Long> strides(List<Long> kernel) {
        return kernel.stream().map(_ -> 1L + random.nextInt(5) / 3).toList();
    }

    private List<Long> dilations(List<Long> kernel) {
        return kernel.stream().map(_ -> 1L + random.nextInt(6) / 5).toList();
    }

    /// None, as many as keep the extent, or some.
    private List<Long> pads(List<Long> kernel) {
        int kind = random.nextInt(3);
        List<Long> pads = new ArrayList<>();
        for (int end = 0; end < 2; end++) {
            for (long extent : kernel) {
                pads.add(kind == 0 ? 0 : kind == 1 ? extent / 2 : random.nextInt((int) extent));
            }
        }
        return pads;
    }

    private long divisor(long number) {
        return pick(LongStream.rangeClosed(1, number)
                .filter(candidate -> number % candidate == 0)
                .boxed()
                .toList());
    }

    private static Shape perChannel(Value x) {
        List<Long> dims = new ArrayList<>(List.of(x.type().shape().dim(1)));
        dims.addAll(Collections.nCopies(x.type().shape().rank() - 2, 1L));
        return new Shape(dims);
    }

    private Value constant(Shape shape, long fanIn) {
        return builder.constant(
                fresh(),
                RandomTensors.heNormal(
                        TensorType.float32(
                                shape.dims().stream().mapToLong(dim -> dim).toArray()),
                        fanIn,
                        random.nextLong()));
    }

    /// The node's output, or `otherwise` where the operator refuses the operands or yields too much or nothing.
    private Value add(Op op, List<Value> operands, Value otherwise) {
        try {
            Node node = Node.infer(fresh(), op, operands);
            long elements = node.output().type().shape().elements();
            return elements == 0 || elements > MOST_ELEMENTS
                    ? otherwise
                    : builder.add(node).output();
        } catch (CompileException _) {
            return otherwise;
        }
    }

    private int names;

    private String fresh() {
        return "v" + names++;
    }

    private <T> T pick(List<? extends T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
