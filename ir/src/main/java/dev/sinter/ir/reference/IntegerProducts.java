package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Window;
import java.util.List;

/// The oracle for convolutions and matrix products of integers, which are exact and wrap.
public final class IntegerProducts {
    private IntegerProducts() {}

    public static void conv(Window window, long groupCount, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView y = outputs.getFirst();
        SpatialInput input = SpatialInput.of(inputs.get(0));
        WindowReads reads =
                WindowReads.of(window, inputs.get(0).type().shape(), y.type().shape(), AxisReads::sliding);
        IntegerTensor x = IntegerTensor.of(inputs.get(0));
        IntegerTensor weights = IntegerTensor.of(inputs.get(1));
        int outputChannels = Math.toIntExact(y.type().shape().dim(1));
        int groupOutputs = outputChannels / Math.toIntExact(groupCount);
        int groupChannels = input.channels() / Math.toIntExact(groupCount);
        ParallelLoop.units(y.type().shape().dim(0) * outputChannels, plane -> {
            int channel = (int) (plane % outputChannels);
            long firstPlane = plane / outputChannels * input.channels() + (long) channel / groupOutputs * groupChannels;
            int[] places = new int[reads.points()];
            int[] points = new int[reads.points()];
            for (int position = 0; position < reads.positions(); position++) {
                int count = under(reads, position, input, places, points);
                IntegerTensor.Sum sum = new IntegerTensor.Sum();
                for (int c = 0; c < groupChannels; c++) {
                    int from = Math.toIntExact(input.row(firstPlane + c, 0, 0));
                    int weight = (channel * groupChannels + c) * reads.points();
                    for (int i = 0; i < count; i++) {
                        sum.add(x, from + places[i], weights, weight + points[i]);
                    }
                }
                if (inputs.size() == 3) {
                    sum.add(inputs.get(2).integer(channel), inputs.get(2).bound(channel));
                }
                sum.store(y, plane * reads.positions() + position);
            }
        });
    }

    /// The window's points that stand on an element, and the elements' numbers within their plane.
    private static int under(WindowReads reads, int position, SpatialInput input, int[] places, int[] points) {
        int atWidth = position % reads.width().outputs();
        int atHeight = position / reads.width().outputs() % reads.height().outputs();
        int atDepth = position / reads.width().outputs() / reads.height().outputs();
        int count = 0;
        int point = 0;
        for (int kd = 0; kd < reads.depth().points(); kd++) {
            for (int kh = 0; kh < reads.height().points(); kh++) {
                for (int kw = 0; kw < reads.width().points(); kw++) {
                    int d = reads.depth().source(kd, atDepth);
                    int h = reads.height().source(kh, atHeight);
                    int w = reads.width().source(kw, atWidth);
                    if (d != AxisReads.OUTSIDE && h != AxisReads.OUTSIDE && w != AxisReads.OUTSIDE) {
                        places[count] = (d * input.height() + h) * input.width() + w;
                        points[count++] = point;
                    }
                    point++;
                }
            }
        }
        return count;
    }

    public static void matMul(List<TensorView> inputs, List<TensorView> outputs) {
        TensorView y = outputs.getFirst();
        Shape a = MatMulReference.withColumns(inputs.get(0).type().shape(), true);
        Shape b = MatMulReference.withColumns(inputs.get(1).type().shape(), false);
        IntegerTensor left = IntegerTensor.of(inputs.get(0));
        IntegerTensor right = IntegerTensor.of(inputs.get(1));
        Shape batch = Shape.broadcast(MatMulReference.leading(a), MatMulReference.leading(b))
                .orElseThrow();
        StridedIndex leftNumber = StridedIndex.broadcast(MatMulReference.leading(a), batch);
        StridedIndex rightNumber = StridedIndex.broadcast(MatMulReference.leading(b), batch);
        int rows = Math.toIntExact(a.dim(a.rank() - 2));
        int terms = Math.toIntExact(a.dim(a.rank() - 1));
        int columns = Math.toIntExact(b.dim(b.rank() - 1));
        ParallelLoop.elements(y.type().shape().elements(), i -> {
            long matrix = i / columns / rows;
            int from = Math.toIntExact((leftNumber.at(matrix) * rows + i / columns % rows) * terms);
            int to = Math.toIntExact(rightNumber.at(matrix) * terms * columns + i % columns);
            IntegerTensor.Sum sum = new IntegerTensor.Sum();
            for (int k = 0; k < terms; k++) {
                sum.add(left, from + k, right, to + k * columns);
            }
            sum.store(y, i);
        });
    }

    /// alpha · A · B + beta · C with whole factors.
    public static void gemm(GemmReference gemm, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView y = outputs.getFirst();
        Shape shape = y.type().shape();
        IntegerTensor left = IntegerTensor.of(inputs.get(0));
        IntegerTensor right = IntegerTensor.of(inputs.get(1));
        int rows = Math.toIntExact(shape.dim(0));
        int columns = Math.toIntExact(shape.dim(1));
        int terms = Math.toIntExact(inputs.get(0).type().shape().dim(gemm.transposeA() ? 0 : 1));
        boolean adds = inputs.size() == 3;
        StridedIndex place = StridedIndex.broadcast(adds ? inputs.get(2).type().shape() : Shape.of(), shape);
        ParallelLoop.elements(shape.elements(), i -> {
            int row = (int) (i / columns);
            int column = (int) (i % columns);
            IntegerTensor.Sum sum = new IntegerTensor.Sum();
            for (int k = 0; k < terms; k++) {
                int a = gemm.transposeA() ? k * rows + row : row * terms + k;
                int b = gemm.transposeB() ? column * terms + k : k * columns + column;
                sum.add(left, a, right, b);
            }
            sum.times((long) gemm.alpha());
            if (adds) {
                long beta = (long) gemm.beta();
                long at = place.at(i);
                sum.add(
                        beta * inputs.get(2).integer(at),
                        Math.abs(beta) * inputs.get(2).bound(at));
            }
            sum.store(y, i);
        });
    }
}
