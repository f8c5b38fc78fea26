package dev.sinter.backend.jvm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.op.AveragePool;
import dev.sinter.ir.op.BatchNormalization;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Cast;
import dev.sinter.ir.op.Clip;
import dev.sinter.ir.op.Concat;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.ConvTranspose;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.LeakyRelu;
import dev.sinter.ir.op.Lrn;
import dev.sinter.ir.op.MatMul;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.PRelu;
import dev.sinter.ir.op.Pad;
import dev.sinter.ir.op.Quantize;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Softmax;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OperatorKernelsTest {
    private static final TensorType IMAGE = TensorType.float32(2, 6, 9, 7);
    private static final Op RELU = Unary.RELU;

    private record Sample(String name, List<Op> ops, List<TensorType> inputs) {
        Sample(String name, Op op, TensorType... inputs) {
            this(name, List.of(op), List.of(inputs));
        }
    }

    private static Conv conv(long stride, long pad, long dilation, long groups) {
        return new Conv(List.of(stride, stride), List.of(pad, pad, pad, pad), List.of(dilation, dilation), groups);
    }

    private static final List<Sample> SAMPLES = List.of(
            new Sample("conv 3x3", conv(1, 1, 1, 1), IMAGE, TensorType.float32(18, 6, 3, 3), TensorType.float32(18)),
            new Sample("conv strided", conv(2, 1, 1, 1), IMAGE, TensorType.float32(4, 6, 3, 3)),
            new Sample("conv dilated", conv(1, 2, 2, 1), IMAGE, TensorType.float32(5, 6, 3, 3)),
            new Sample("conv in groups", conv(1, 1, 1, 2), IMAGE, TensorType.float32(8, 3, 3, 3)),
            new Sample("depthwise conv", conv(1, 1, 1, 6), IMAGE, TensorType.float32(6, 1, 3, 3)),
            new Sample("pointwise conv", conv(1, 0, 1, 1), IMAGE, TensorType.float32(33, 6, 1, 1)),
            new Sample(
                    "conv over one dimension",
                    new Conv(List.of(1L), List.of(2L, 0L), List.of(1L), 1),
                    TensorType.float32(1, 3, 20),
                    TensorType.float32(4, 3, 3)),
            new Sample(
                    "conv, relu, max pool",
                    List.of(conv(1, 1, 1, 1), RELU, new MaxPool(Window.square(2, 2))),
                    List.of(IMAGE, TensorType.float32(8, 6, 3, 3), TensorType.float32(8))),
            new Sample(
                    "conv, average pool that overlaps",
                    List.of(conv(1, 0, 1, 1), new AveragePool(Window.square(3, 2, 1), false)),
                    List.of(IMAGE, TensorType.float32(8, 6, 3, 3))),
            new Sample(
                    "transposed conv",
                    new ConvTranspose(List.of(2L, 2L), List.of(1L, 1L, 1L, 1L), List.of(0L, 0L), List.of(1L, 1L), 1),
                    TensorType.float32(1, 3, 5, 4),
                    TensorType.float32(3, 5, 3, 3)),
            new Sample("max pool with padding", new MaxPool(Window.square(3, 2, 1)), IMAGE),
            new Sample(
                    "max pool with a partial window",
                    new MaxPool(new Window(
                            List.of(2L, 3L), List.of(2L, 2L), List.of(0L, 1L, 0L, 1L), List.of(1L, 1L), true)),
                    IMAGE),
            new Sample("average pool", new AveragePool(Window.square(3, 1, 1), false), IMAGE),
            new Sample("average pool with padding", new AveragePool(Window.square(2, 2, 1), true), IMAGE),
            new Sample("mean", new Reduce(Reduce.Kind.MEAN, List.of(2L, 3L), true), IMAGE),
            new Sample("maximum of all", new Reduce(Reduce.Kind.MAX, List.of(0L, 1L, 2L, 3L), false), IMAGE),
            new Sample("softmax", new Softmax(1), TensorType.float32(5, 37)),
            new Sample("softmax of images", new Softmax(1), IMAGE),
            new Sample("matrix product", new MatMul(), TensorType.float32(2, 5, 7), TensorType.float32(2, 7, 19)),
            new Sample(
                    "fully connected",
                    Gemm.FULLY_CONNECTED,
                    TensorType.float32(3, 11),
                    TensorType.float32(20, 11),
                    TensorType.float32(20)),
            new Sample(
                    "batch normalisation",
                    new BatchNormalization(1e-5),
                    IMAGE,
                    TensorType.float32(6),
                    TensorType.float32(6),
                    TensorType.float32(6),
                    TensorType.float32(6)),
            new Sample("response normalisation", new Lrn(3, 0.1, 0.75, 1), IMAGE),
            new Sample("clip", new Clip(-0.5, 0.5), IMAGE),
            new Sample("leaky relu", new LeakyRelu(0.1), IMAGE),
            new Sample("parametric relu", new PRelu(), IMAGE, TensorType.float32(6, 1, 1)),
            new Sample("sum that broadcasts", Binary.ADD, IMAGE, TensorType.float32(6, 1, 7)),
            new Sample(
                    "concatenation",
                    new Concat(1),
                    IMAGE,
                    TensorType.float32(2, 5, 9, 7),
                    TensorType.float32(2, 1, 9, 7)),
            new Sample("transposition", new Transpose(List.of(0L, 3L, 1L, 2L)), IMAGE),
            new Sample("padding", new Pad(List.of(0L, 0L, 1L, 2L, 0L, 0L, 2L, 1L), Pad.Mode.CONSTANT, 3), IMAGE),
            new Sample("mirror", new Pad(List.of(0L, 0L, 1L, 2L, 0L, 0L, 2L, 1L), Pad.Mode.REFLECT, 0), IMAGE),
            new Sample(
                    "sum of doubles",
                    Binary.ADD,
                    TensorType.of(ElementType.FLOAT64, 3, 5),
                    TensorType.of(ElementType.FLOAT64, 3, 5)),
            new Sample(
                    "bytes as floats",
                    List.of(new Cast(ElementType.INT32), RELU, new Cast(ElementType.FLOAT32)),
                    List.of(TensorType.of(ElementType.UINT8, 5, 48))),
            new Sample(
                    "integers without their zero point as floats",
                    List.of(new Binary(Binary.Kind.SUB), new Cast(ElementType.FLOAT32)),
                    List.of(TensorType.of(ElementType.INT32, 5, 48), TensorType.of(ElementType.INT32))),
            new Sample(
                    "signed bytes as floats",
                    List.of(new Cast(ElementType.FLOAT32)),
                    List.of(TensorType.of(ElementType.INT8, 5, 48))),
            new Sample(
                    "shorts as floats",
                    List.of(new Cast(ElementType.FLOAT32), RELU),
                    List.of(TensorType.of(ElementType.INT16, 5, 48))),
            new Sample(
                    "unsigned shorts as floats",
                    List.of(new Cast(ElementType.INT32), new Cast(ElementType.FLOAT32)),
                    List.of(TensorType.of(ElementType.UINT16, 5, 48))),
            new Sample(
                    "product of integers as floats",
                    List.of(new Binary(Binary.Kind.MUL), new Cast(ElementType.FLOAT32)),
                    List.of(TensorType.of(ElementType.INT32, 5, 48), TensorType.of(ElementType.INT32, 5, 48))),
            new Sample(
                    "floats cut to integers and back",
                    List.of(new Cast(ElementType.INT32), RELU, new Cast(ElementType.FLOAT32)),
                    List.of(IMAGE)),
            new Sample(
                    "conv, quantised",
                    List.of(
                            conv(1, 1, 1, 1),
                            new Cast(ElementType.INT32),
                            RELU,
                            new Cast(ElementType.FLOAT32),
                            new Quantize(ElementType.UINT8, 0, 200)),
                    List.of(IMAGE, TensorType.float32(32, 6, 3, 3), TensorType.float32(32))),
            new Sample(
                    "product of integers",
                    new Binary(Binary.Kind.MUL),
                    TensorType.of(ElementType.INT32, 3, 5),
                    TensorType.of(ElementType.INT32, 3, 5)));

    static Stream<Arguments> samples() {
        return SAMPLES.stream()
                .flatMap(sample -> Stream.of(1, 4, 8, 16)
                        .map(lanes -> Arguments.of(Named.of(sample.name() + " x" + lanes, sample), lanes)));
    }

    private static List<Kernel> kernels(Sample sample, int lanes) {
        return Planned.kernels(sample.ops(), lanes, sample.inputs().toArray(TensorType[]::new));
    }

    /// The evaluator rounds exp from double, vectors have one of their own: a unit for each, one for the sum and the
    /// quotient of each.
    private static int ulps(Sample sample) {
        return sample.name().startsWith("softmax") ? 4 : 0;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_printed_kernel_computes_what_the_evaluator_does(Sample sample, int lanes) {
        for (Kernel kernel : kernels(sample, lanes)) {
            Evaluated.assertWithin(ulps(sample), kernel, Evaluated.normal(1));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void infinities_nan_and_signed_zeros_are_kept(Sample sample, int lanes) {
        for (Kernel kernel : kernels(sample, lanes)) {
            Evaluated.assertWithin(ulps(sample), kernel, Evaluated.extreme(2));
        }
    }

    @Test
    void most_samples_have_vectors() {
        List<Sample> without = new ArrayList<>(SAMPLES);
        without.removeIf(sample -> kernels(sample, 8).stream().anyMatch(kernel -> hasVectors(kernel.body())));
        assertTrue(without.size() < SAMPLES.size() / 3, () -> "scalar only: " + without);
    }

    private static boolean hasVectors(List<Stmt> statements) {
        return statements.stream()
                .anyMatch(statement -> statement instanceof Stmt.For loop
                                && (loop.kind() instanceof LoopKind.Vector || hasVectors(loop.body()))
                        || statement instanceof Stmt.If guarded && hasVectors(guarded.body()));
    }
}
