package dev.sinter.ir.graph;

import dev.sinter.ir.op.ArgReduce;
import dev.sinter.ir.op.AveragePool;
import dev.sinter.ir.op.AveragePoolGradient;
import dev.sinter.ir.op.BatchNormalization;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Bitwise;
import dev.sinter.ir.op.Cast;
import dev.sinter.ir.op.Clip;
import dev.sinter.ir.op.ColumnsToImage;
import dev.sinter.ir.op.Compare;
import dev.sinter.ir.op.Compress;
import dev.sinter.ir.op.Concat;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.ConvTranspose;
import dev.sinter.ir.op.ConvWeightGradient;
import dev.sinter.ir.op.CumulativeSum;
import dev.sinter.ir.op.DeformConv;
import dev.sinter.ir.op.Diagonal;
import dev.sinter.ir.op.Dropout;
import dev.sinter.ir.op.Flatten;
import dev.sinter.ir.op.Gate;
import dev.sinter.ir.op.Gather;
import dev.sinter.ir.op.GatherElements;
import dev.sinter.ir.op.GatherNd;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.GridSample;
import dev.sinter.ir.op.Identity;
import dev.sinter.ir.op.IsInfinite;
import dev.sinter.ir.op.IsNan;
import dev.sinter.ir.op.LeakyRelu;
import dev.sinter.ir.op.Logical;
import dev.sinter.ir.op.LpPool;
import dev.sinter.ir.op.Lrn;
import dev.sinter.ir.op.MatMul;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.MaxPoolGradient;
import dev.sinter.ir.op.MaxPoolIndices;
import dev.sinter.ir.op.Modulo;
import dev.sinter.ir.op.NonMaxSuppression;
import dev.sinter.ir.op.NonZero;
import dev.sinter.ir.op.OneHot;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.PRelu;
import dev.sinter.ir.op.Pad;
import dev.sinter.ir.op.Quantize;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Resample;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.RoiAlign;
import dev.sinter.ir.op.RoundTo;
import dev.sinter.ir.op.ScatterElements;
import dev.sinter.ir.op.ScatterNd;
import dev.sinter.ir.op.Scattering;
import dev.sinter.ir.op.Shrink;
import dev.sinter.ir.op.Softmax;
import dev.sinter.ir.op.SoftmaxCrossEntropy;
import dev.sinter.ir.op.ThresholdedRelu;
import dev.sinter.ir.op.TopK;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.op.Triangle;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.op.Unique;
import dev.sinter.ir.op.Unpool;
import dev.sinter.ir.op.Where;
import dev.sinter.ir.op.WinogradConv;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.FloatFormat;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// Random valid graphs in which every operator occurs, with names and constants that are hard to write down.
final class SampleGraphs {
    private static final String[] HARD_NAMES = {
        "",
        " ",
        "a b",
        "a//b",
        "onnx::Conv_1",
        "\"",
        "\\",
        "\n",
        "\u0000",
        "ü",
        "日本",
        "\ud83d\ude00",
        "\ud800",
        "\u2028",
        "input",
        "return",
        "1",
        "-1",
        "=",
        "/conv1/Conv_output_0",
        "\ufeff",
        "\u200f",
        "%x",
        "// no comment",
        "}"
    };

    private final Random random;
    private final Graph.Builder builder;
    private final List<Value> images = new ArrayList<>();
    private final Set<Value> open = new HashSet<>();
    private final TensorType image;
    private final Set<String> names = new HashSet<>();

    private SampleGraphs(long seed) {
        random = new Random(seed);
        builder = Graph.builder(name());
        ElementType element = pick(ElementType.FLOAT32, ElementType.FLOAT16, ElementType.FLOAT64);
        image = TensorType.of(element, 1 + random.nextInt(2), pick(2, 4, 6), 6, 5);
        images.add(builder.input(name(), image));
    }

    /// A graph of several operators, the same for the same seed.
    static Graph random(long seed) {
        return new SampleGraphs(seed).build();
    }

    private Graph build() {
        for (ElementType element : ElementType.values()) {
            if (random.nextInt(3) == 0) {
                constant(TensorType.of(element, dims()));
            }
        }
        List<Function<Value, Value>> choices = choices();
        Value last = images.getFirst();
        for (int i = 0; i < 12; i++) {
            Value read = images.get(random.nextInt(images.size()));
            last = choices.get(random.nextInt(choices.size())).apply(read);
            if (last.type().equals(image) && !open.contains(last)) {
                images.add(last);
            }
        }
        builder.output(last);
        if (random.nextBoolean()) {
            builder.output(images.getFirst());
        }
        return builder.build();
    }

    private List<Function<Value, Value>> choices() {
        List<Function<Value, Value>> choices = new ArrayList<>();
        long channels = image.shape().dim(1);
        Stream.of(Unary.Kind.values()).forEach(kind -> choices.add(x -> add(new Unary(kind), x)));
        Stream.of(Binary.Kind.values()).forEach(kind -> choices.add(x -> add(new Binary(kind), x, like(1, 1, 5))));
        Stream.of(Reduce.Kind.values())
                .forEach(kind -> choices.add(x -> add(new Reduce(kind, longs(-1, 1), random.nextBoolean()), x)));
        Stream.of(Pad.Mode.values())
                .forEach(mode -> choices.add(x -> add(new Pad(longs(0, 0, 1, 2, 0, 0, -1, 1), mode, number()), x)));
        choices.add(x -> add(Conv.of(1, 1), x, like(channels, channels, 3, 3)));
        choices.add(x -> add(new WinogradConv(2, longs(1, 1, 1, 1)), x, like(channels, 4, 4, channels)));
        choices.add(x ->
                add(new Conv(longs(2, 1), longs(1, 0, 1, 2), longs(1, 2), 2), x, like(4, channels / 2, 2, 2), like(4)));
        choices.add(x -> add(
                new ConvTranspose(longs(2, 2), longs(0, 1, 0, 0), longs(1, 0), longs(1, 1), 2),
                x,
                like(channels, 3, 2, 2)));
        choices.add(x -> add(new MaxPool(window()), x));
        choices.add(x -> add(new AveragePool(window(), random.nextBoolean()), x));
        choices.add(x -> add(new LeakyRelu(number()), x));
        choices.add(x -> add(new PRelu(), x, like(channels, 1, 1)));
        choices.add(x -> add(new Clip(number(), number()), x));
        choices.add(x -> add(new Softmax(random.nextInt(8) - 4), x));
        choices.add(x -> add(new MatMul(), x, like(5, 5)));
        choices.add(x -> add(new Flatten(random.nextInt(5)), x));
        choices.add(x -> add(
                new Gemm(number(), number(), false, true),
                add(new Flatten(0), x),
                like(3, image.shape().elements())));
        choices.add(x -> add(new Gemm(1, 1, true, false), add(new Flatten(0), x), like(1, 3), like(3)));
        choices.add(x -> add(
                new BatchNormalization(number()), x, like(channels), like(channels), like(channels), like(channels)));
        choices.add(x -> add(new Lrn(3, number(), number(), number()), x));
        choices.add(x -> add(new Concat(1), x, images.getFirst()));
        choices.add(x -> add(new Reshape(longs(x.type().shape().elements(), 1)), x));
        choices.add(x -> add(new Transpose(longs(3, 1, 0, 2)), x));
        choices.add(x -> add(new Identity(), x));
        choices.add(x -> add(new Dropout(number()), x));
        choices.add(x -> add(new Cast(pick(ElementType.values())), x));
        choices.add(x -> add(
                new RoundTo(pick(FloatFormat.values()), random.nextBoolean(), pick(FloatFormat.Direction.values())),
                add(new Cast(ElementType.FLOAT32), x)));
        choices.add(x -> add(new Quantize(ElementType.INT8, -7, random.nextInt(99)), x));
        addGradients(choices);
        addDecisions(choices);
        addIntegers(choices);
        addSelections(choices);
        addPlaces(choices);
        addPools(choices);
        return choices;
    }

    private void addDecisions(List<Function<Value, Value>> choices) {
        Stream.of(Compare.Kind.values()).forEach(kind -> choices.add(x -> add(new Compare(kind), x, like(1, 1, 5))));
        Stream.of(Logical.Kind.values())
                .filter(kind -> kind != Logical.Kind.NOT)
                .forEach(kind -> choices.add(x -> add(new Logical(kind), add(new IsNan(), x), truths(6, 5))));
        choices.add(x -> add(new Logical(Logical.Kind.NOT), truths(3)));
        choices.add(x -> add(new IsInfinite(random.nextBoolean(), true), x));
        choices.add(x -> add(new Where(), truths(6, 1), x, like(5)));
        choices.add(x -> add(new Shrink(number(), number()), x));
        choices.add(x -> add(new ThresholdedRelu(number()), x));
    }

    private void addIntegers(List<Function<Value, Value>> choices) {
        Stream.of(Bitwise.Kind.values())
                .filter(kind -> kind != Bitwise.Kind.NOT)
                .forEach(kind -> choices.add(
                        x -> add(new Bitwise(kind), add(new Cast(ElementType.UINT8), x), numbers(ElementType.UINT8))));
        choices.add(x -> add(new Bitwise(Bitwise.Kind.NOT), add(new Cast(ElementType.INT64), x)));
        Stream.of(Modulo.Kind.values())
                .forEach(kind -> choices.add(x ->
                        add(new Modulo(kind), add(new Cast(ElementType.INT32), x), numbers(ElementType.INT32, 5))));
    }

    private void addSelections(List<Function<Value, Value>> choices) {
        long axis = random.nextInt(8) - 4;
        choices.add(x -> add(new TopK(1, 2, random.nextBoolean()), x));
        choices.add(x -> add(new NonZero(), x));
        choices.add(x -> add(new Compress(axis), x, truths(1)));
        choices.add(x -> add(new Unique(axis, random.nextBoolean()), x));
        choices.add(x -> add(
                new NonMaxSuppression(random.nextBoolean(), 3),
                like(1, 2, 4),
                like(1, 3, 2),
                numbers(ElementType.INT64, 1),
                like(1)));
        choices.add(x ->
                add(new ArgReduce(pick(ArgReduce.Kind.values()), axis, random.nextBoolean(), random.nextBoolean()), x));
        choices.add(x -> add(new CumulativeSum(axis, random.nextBoolean(), random.nextBoolean()), x));
        choices.add(x -> add(new OneHot(axis, 3), numbers(ElementType.INT32, 2, 1, 2, 1), like(2)));
        choices.add(x -> add(new Triangle(random.nextBoolean(), axis), x));
        choices.add(x -> add(new Diagonal(0, -1), like(3, 2, 3)));
    }

    private void addPlaces(List<Function<Value, Value>> choices) {
        long axis = random.nextInt(8) - 4;
        choices.add(x -> add(new Gather(axis), x, numbers(ElementType.INT64, 2)));
        choices.add(x -> add(new GatherElements(2), x, numbers(ElementType.INT32, 1, 2, 4, 3)));
        choices.add(x -> add(new GatherNd(0), x, numbers(ElementType.INT64, 3, 2)));
        choices.add(x -> {
            Scattering reduction = pick(Scattering.values());
            return add(new ScatterElements(3, reduction), x, numbers(ElementType.INT64, 1, 1, 1, 2), like(1, 1, 1, 2));
        });
        choices.add(x -> add(new ScatterNd(pick(Scattering.values())), x, numbers(ElementType.INT64, 2, 4), like(2)));
        choices.add(x -> add(new Resample(axis), x, numbers(ElementType.INT32, 3, 2), like(3, 2)));
        choices.add(x -> {
            GridSample.Mode mode = pick(GridSample.Mode.values());
            GridSample.Padding padding = pick(GridSample.Padding.values());
            return add(
                    new GridSample(mode, padding, random.nextBoolean()),
                    x,
                    like(image.shape().dim(0), 2, 3, 2));
        });
        choices.add(x -> add(
                new DeformConv(longs(1, 1), longs(0, 0, 0, 0), longs(1, 1), 1, 1, false),
                x,
                like(2, image.shape().dim(1), 1, 1),
                like(image.shape().dim(0), 2, 6, 5)));
        choices.add(x -> add(
                new RoiAlign(2, 3, 0, number(), random.nextBoolean(), random.nextBoolean()),
                x,
                like(2, 4),
                numbers(ElementType.INT64, 2)));
    }

    private void addPools(List<Function<Value, Value>> choices) {
        choices.add(x -> add(new MaxPoolIndices(window(), random.nextBoolean()), x));
        choices.add(x -> add(new LpPool(window(), 1 + random.nextInt(3)), x));
        choices.add(x -> add(new ColumnsToImage(Window.square(2, 1), longs(3, 3)), like(1, 4, 4)));
        choices.add(x -> {
            Window window = window();
            Value indices = add(new MaxPoolIndices(window, false), x);
            return add(new Unpool(image.shape().dims()), add(new MaxPool(window), x), indices);
        });
    }

    private Value truths(long... dims) {
        return numbers(ElementType.BOOL, dims);
    }

    private Value numbers(ElementType element, long... dims) {
        return constant(TensorType.of(element, dims));
    }

    private void addGradients(List<Function<Value, Value>> choices) {
        Stream.of(Gate.Kind.values())
                .forEach(kind -> choices.add(x -> add(new Gate(kind), x, like(1, 1, 5), images.getFirst())));
        choices.add(x -> add(
                new ConvWeightGradient(longs(3, 3), longs(1, 1), longs(1, 1, 1, 1), longs(1, 1), 2),
                x,
                images.getFirst()));
        choices.add(x -> {
            MaxPoolGradient gradient = new MaxPoolGradient(window());
            return add(gradient, x, add(new MaxPool(gradient.window()), x));
        });
        choices.add(x -> {
            AveragePool pool = new AveragePool(window(), random.nextBoolean());
            List<Long> extents = x.type().shape().dims().subList(2, 4);
            return add(new AveragePoolGradient(pool.window(), pool.countIncludePad(), extents), add(pool, x));
        });
        choices.add(x -> {
            Value rows = add(new Flatten(1), x);
            return add(new SoftmaxCrossEntropy(), rows, rows);
        });
    }

    private Value add(Op op, Value... inputs) {
        Node node = Node.infer(name(), op, Arrays.asList(inputs));
        if (random.nextInt(4) == 0) {
            node = new Node(name(), op, node.inputs(), node.outputs());
        }
        Value output = builder.add(node).outputs().getFirst();
        if (op.hasOpenExtents(node.signature(), 0)) {
            open.add(output);
        }
        return output;
    }

    private Window window() {
        return new Window(longs(2, 3), longs(2, 1), longs(0, 1, 1, 1), longs(1, 1), random.nextBoolean());
    }

    private Value like(long... dims) {
        return constant(TensorType.of(image.element(), dims));
    }

    private Value constant(TensorType type) {
        Tensor tensor = Tensor.allocate(type);
        int style = random.nextInt(4);
        for (long i = 0; i < type.shape().elements(); i++) {
            switch (style) {
                case 0 -> {} // zeros
                case 1 -> tensor.set(i, number());
                case 2 -> tensor.set(i, random.nextInt(200) - 100);
                default -> {
                    for (int b = 0; b < type.element().bytes(); b++) {
                        long at = i * type.element().bytes() + b;
                        tensor.data().set(ValueLayout.JAVA_BYTE, at, (byte) random.nextInt());
                    }
                }
            }
        }
        return builder.constant(name(), tensor);
    }

    private long[] dims() {
        return random.longs(random.nextInt(4), 0, 7).toArray();
    }

    private double number() {
        return switch (random.nextInt(8)) {
            case 0 -> Double.NaN;
            case 1 -> Double.NEGATIVE_INFINITY;
            case 2 -> -0.0;
            case 3 -> Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE);
            case 4 -> Double.MIN_VALUE;
            default -> random.nextGaussian();
        };
    }

    private String name() {
        String name = random.nextBoolean() ? HARD_NAMES[random.nextInt(HARD_NAMES.length)] : "v" + names.size();
        while (!names.add(name)) {
            name += random.nextInt(10);
        }
        return name;
    }

    @SafeVarargs
    private <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static List<Long> longs(long... values) {
        return Arrays.stream(values).boxed().toList();
    }
}
