package dev.sinter.ir.gradient;

import static dev.sinter.ir.gradient.GradientCheck.apart;
import static dev.sinter.ir.gradient.GradientCheck.operator;
import static dev.sinter.ir.gradient.GradientCheck.positive;

import dev.sinter.ir.op.AveragePool;
import dev.sinter.ir.op.BatchNormalization;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Clip;
import dev.sinter.ir.op.Concat;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.ConvTranspose;
import dev.sinter.ir.op.Dropout;
import dev.sinter.ir.op.Flatten;
import dev.sinter.ir.op.Gate;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.Identity;
import dev.sinter.ir.op.LeakyRelu;
import dev.sinter.ir.op.Lrn;
import dev.sinter.ir.op.MatMul;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.PRelu;
import dev.sinter.ir.op.Pad;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.Softmax;
import dev.sinter.ir.op.SoftmaxCrossEntropy;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.NullMarked;

/// Every rule against central differences, over random shapes and attributes.
@NullMarked
class GradientRulesTest {
    private static final int TRIES = 30;

    @Property(tries = TRIES)
    void conv(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int rank) {
        Random random = new Random(seed);
        long groups = random.between(1, 2);
        Window window = random.window(rank);
        List<Long> x = new ArrayList<>(List.of(random.between(1, 2), groups * random.between(1, 2)));
        x.addAll(random.extents(window));
        List<Long> weights = new ArrayList<>(List.of(groups * random.between(1, 2), x.get(1) / groups));
        weights.addAll(window.kernel());
        operator(
                new Conv(window.strides(), window.pads(), window.dilations(), groups),
                seed,
                random.tensor(x),
                random.tensor(weights),
                random.tensor(List.of(weights.getFirst())));
    }

    @Property(tries = TRIES)
    void conv_transpose(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int rank) {
        Random random = new Random(seed);
        long groups = random.between(1, 2);
        Window window = random.window(rank);
        List<Long> x = new ArrayList<>(List.of(random.between(1, 2), groups * random.between(1, 2)));
        List<Long> outputPads = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            x.add(random.between(2, 4));
            outputPads.add(random.between(0, 2) + window.padBegin(axis) + window.padEnd(axis));
        }
        List<Long> weights = new ArrayList<>(List.of(x.get(1), random.between(1, 2)));
        weights.addAll(window.kernel());
        operator(
                new ConvTranspose(window.strides(), window.pads(), outputPads, window.dilations(), groups),
                seed,
                random.tensor(x),
                random.tensor(weights),
                random.tensor(List.of(weights.get(1) * groups)));
    }

    @Property(tries = 2 * TRIES)
    void max_pool(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int rank) {
        Random random = new Random(seed);
        Window window = random.poolingWindow(rank);
        List<Long> x = new ArrayList<>(List.of(random.between(1, 2), random.between(1, 2)));
        x.addAll(random.extents(window));
        operator(new MaxPool(window), seed, apart(random.source, new Shape(x)));
    }

    @Property(tries = 2 * TRIES)
    void average_pool(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int rank, @ForAll boolean includePad) {
        Random random = new Random(seed);
        Window window = random.poolingWindow(rank);
        List<Long> x = new ArrayList<>(List.of(random.between(1, 2), random.between(1, 2)));
        x.addAll(random.extents(window));
        operator(new AveragePool(window, includePad), seed, random.tensor(x));
    }

    @Property(tries = TRIES)
    void reduce(@ForAll long seed, @ForAll Reduce.Kind kind, @ForAll boolean keepDims) {
        Random random = new Random(seed);
        List<Long> shape = random.shape((int) random.between(1, 4));
        List<Long> axes =
                new ArrayList<>(LongStream.range(0, shape.size()).boxed().toList());
        while (axes.size() > 1 && random.between(0, 1) == 1) {
            axes.remove((int) random.between(0, axes.size() - 1));
        }
        operator(new Reduce(kind, axes, keepDims), seed, apart(random.source, new Shape(shape)));
    }

    @Property(tries = 3 * TRIES)
    void unary(@ForAll long seed, @ForAll Unary.Kind kind) {
        Random random = new Random(seed);
        Shape shape = new Shape(random.shape((int) random.between(0, 4)));
        Tensor x = switch (kind) {
            case LOG, SQRT, RECIPROCAL -> positive(random.source, dims(shape));
            case FLOOR, CEIL, ROUND, ASIN, ACOS, ATANH -> Tensor.filled(GradientCheck.type(dims(shape)), 0.3);
            case ACOSH -> Tensor.filled(GradientCheck.type(dims(shape)), 1.3);
            case RELU, SIGMOID, TANH, EXP, ABS, NEGATE, ERF, SIGN, SIN, COS, TAN, ATAN, SINH, COSH, ASINH ->
                apart(random.source, shape);
        };
        operator(new Unary(kind), seed, x);
    }

    @Property(tries = TRIES)
    void functions_with_branches(@ForAll long seed) {
        Random random = new Random(seed);
        Shape shape = new Shape(random.shape(3));
        operator(new LeakyRelu(0.3), seed, apart(random.source, shape));
        operator(new Clip(-0.41237, 0.31219), seed, apart(random.source, shape));
        operator(
                new PRelu(),
                seed,
                apart(random.source, shape),
                random.tensor(List.of(random.between(0, 1) == 0 ? 1 : shape.dim(0), 1L, 1L)));
        for (Gate.Kind kind : Gate.Kind.values()) {
            operator(
                    new Gate(kind),
                    seed,
                    random.tensor(shape.dims()),
                    apart(random.source, shape),
                    Tensor.filled(GradientCheck.type(), 0.00123));
        }
    }

    @Property(tries = 3 * TRIES)
    void binary_with_broadcasting(@ForAll long seed, @ForAll Binary.Kind kind) {
        Random random = new Random(seed);
        List<Long> shape = random.shape((int) random.between(0, 4));
        boolean positive = kind == Binary.Kind.DIV || kind == Binary.Kind.POW;
        Shape a = new Shape(random.shrunk(shape));
        Shape b = new Shape(random.shrunk(shape));
        Tensor[] operands = positive
                ? new Tensor[] {positive(random.source, dims(a)), positive(random.source, dims(b))}
                : GradientCheck.pairApart(random.source, a, b);
        operator(new Binary(kind), seed, operands);
    }

    @Property(tries = TRIES)
    void gemm(@ForAll long seed, @ForAll boolean transposeA, @ForAll boolean transposeB) {
        Random random = new Random(seed);
        long m = random.between(1, 4);
        long n = random.between(1, 4);
        long k = random.between(1, 4);
        operator(
                new Gemm(random.between(1, 2), 0.5, transposeA, transposeB),
                seed,
                random.tensor(transposeA ? List.of(k, m) : List.of(m, k)),
                random.tensor(transposeB ? List.of(n, k) : List.of(k, n)),
                random.tensor(random.shrunk(List.of(m, n))));
    }

    @Property(tries = 2 * TRIES)
    void matmul_with_vectors_and_stretched_batches(@ForAll long seed) {
        Random random = new Random(seed);
        long inner = random.between(1, 4);
        List<Long> batch = random.shape((int) random.between(0, 2));
        List<Long> left = new ArrayList<>();
        List<Long> right = new ArrayList<>();
        if (random.between(0, 3) > 0) {
            left.addAll(random.shrunk(batch));
            left.add(random.between(1, 3));
        }
        left.add(inner);
        if (random.between(0, 3) > 0) {
            right.addAll(random.shrunk(batch));
            right.addAll(List.of(inner, random.between(1, 3)));
        } else {
            right.add(inner);
        }
        operator(new MatMul(), seed, random.tensor(left), random.tensor(right));
    }

    @Property(tries = TRIES)
    void normalisations(@ForAll long seed, @ForAll @IntRange(min = 3, max = 5) int rank) {
        Random random = new Random(seed);
        List<Long> shape = random.shape(rank);
        List<Long> channels = List.of(shape.get(1));
        operator(
                new BatchNormalization(0.01),
                seed,
                random.tensor(shape),
                random.tensor(channels),
                random.tensor(channels),
                random.tensor(channels),
                positive(random.source, shape.get(1)));
        operator(new Lrn(random.between(1, 4), 0.3, 0.75, 1.5), seed, random.tensor(shape));
        operator(new Softmax(random.between(-rank, rank - 1)), seed, random.tensor(shape));
    }

    @Property(tries = TRIES)
    void movement(@ForAll long seed) {
        Random random = new Random(seed);
        List<Long> shape = random.shape(3);
        long elements = new Shape(shape).elements();
        List<Long> order = new ArrayList<>(List.of(0L, 1L, 2L));
        Collections.shuffle(order, new java.util.Random(seed));
        List<Long> longer = new ArrayList<>(shape);
        longer.set(1, random.between(1, 3));
        operator(new Reshape(List.of(elements, 1L)), seed, random.tensor(shape));
        operator(new Flatten(random.between(0, 3)), seed, random.tensor(shape));
        operator(new Transpose(order), seed, random.tensor(shape));
        operator(new Concat(1), seed, random.tensor(shape), random.tensor(longer), random.tensor(shape));
        operator(new Identity(), seed, random.tensor(shape));
        operator(new Dropout(0.5), seed, random.tensor(shape));
    }

    @Property(tries = 2 * TRIES)
    void pad(@ForAll long seed, @ForAll Pad.Mode mode) {
        Random random = new Random(seed);
        List<Long> shape = random.shape(2).stream().map(extent -> extent + 1).toList();
        List<Long> pads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            pads.add(random.between(mode == Pad.Mode.CONSTANT ? -1 : 0, shape.get(i % 2) - 1));
        }
        operator(new Pad(pads, mode, 3), seed, random.tensor(shape));
    }

    @Property(tries = TRIES)
    void softmax_cross_entropy(@ForAll long seed) {
        Random random = new Random(seed);
        long rows = random.between(1, 4);
        long classes = random.between(1, 5);
        Tensor targets = positive(random.source, rows, classes);
        for (long row = 0; row < rows; row++) {
            double sum = 0;
            for (long i = 0; i < classes; i++) {
                sum += targets.get(row * classes + i);
            }
            for (long i = 0; i < classes; i++) {
                targets.set(row * classes + i, targets.get(row * classes + i) / sum);
            }
        }
        // The targets add up to 1 in each row, so that only the logits may move by themselves.
        dev.sinter.ir.graph.Graph.Builder builder = dev.sinter.ir.graph.Graph.builder("loss");
        var logits = builder.input("logits", GradientCheck.type(rows, classes));
        var known = builder.constant("targets", targets);
        var loss = builder.add("y", new SoftmaxCrossEntropy(), logits, known);
        Tensor x = random.tensor(List.of(rows, classes));
        GradientCheck.loss(builder, loss, seed, java.util.Map.of("logits", x), List.of(logits));
    }

    private static long[] dims(Shape shape) {
        return shape.dims().stream().mapToLong(Long::longValue).toArray();
    }

    /// Random attributes and tensors that are small.
    private static final class Random {
        private final SplittableRandom source;

        Random(long seed) {
            source = new SplittableRandom(seed);
        }

        long between(long least, long most) {
            return source.nextLong(least, most + 1);
        }

        List<Long> shape(int rank) {
            return LongStream.range(0, rank).map(_ -> between(1, 3)).boxed().toList();
        }

        /// A shape that stretches to `shape`.
        List<Long> shrunk(List<Long> shape) {
            List<Long> own = new ArrayList<>(shape.stream()
                    .map(extent -> between(0, 3) == 0 ? 1 : extent)
                    .toList());
            while (!own.isEmpty() && between(0, 3) == 0) {
                own.removeFirst();
            }
            return own;
        }

        Tensor tensor(List<Long> dims) {
            return apart(source, new Shape(dims));
        }

        Window window(int rank) {
            List<Long> kernel =
                    LongStream.range(0, rank).map(_ -> between(1, 3)).boxed().toList();
            return new Window(
                    kernel,
                    LongStream.range(0, rank).map(_ -> between(1, 3)).boxed().toList(),
                    LongStream.range(0, 2L * rank)
                            .map(_ -> between(0, 2))
                            .boxed()
                            .toList(),
                    LongStream.range(0, rank).map(_ -> between(1, 2)).boxed().toList(),
                    between(0, 1) == 1);
        }

        /// A window that nowhere stands on padding alone, where a pool has no finite value.
        Window poolingWindow(int rank) {
            Window any = window(rank);
            List<Long> pads = new ArrayList<>();
            for (int i = 0; i < 2 * rank; i++) {
                pads.add(Math.min(any.pads().get(i), any.span(i % rank) - 1));
            }
            return new Window(any.kernel(), any.strides(), pads, any.dilations(), any.ceilMode());
        }

        /// Extents of an input that the window fits on, with a remainder or without.
        List<Long> extents(Window window) {
            List<Long> extents = new ArrayList<>();
            for (int axis = 0; axis < window.rank(); axis++) {
                extents.add(window.span(axis) + between(0, 2));
            }
            return extents;
        }
    }
}
