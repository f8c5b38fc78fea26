package dev.sinter.ir.op;

import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Runs one operator in the oracle.
final class Evaluation {
    private Evaluation() {}

    static TensorView of(Op op, Tensor... inputs) {
        return of(
                op, Rounding.serial(), Arrays.stream(inputs).map(TensorView::of).toArray(TensorView[]::new));
    }

    static TensorView of(Op op, Rounding rounding, TensorView... inputs) {
        List<TensorType> types = Arrays.stream(inputs).map(TensorView::type).toList();
        TensorView output = TensorView.allocate(op.infer(types).getFirst());
        op.evaluate(rounding, List.of(inputs), List.of(output));
        return output;
    }

    static double[] values(TensorView view) {
        double[] values = new double[Math.toIntExact(view.type().shape().elements())];
        view.readValues(0, values);
        return values;
    }

    static double[] values(Op op, Tensor... inputs) {
        return values(of(op, inputs));
    }

    /// 0, 1, 2, … in the shape.
    static Tensor counting(long... dims) {
        Tensor tensor = Tensor.allocate(TensorType.float32(dims));
        for (long i = 0; i < tensor.shape().elements(); i++) {
            tensor.set(i, i);
        }
        return tensor;
    }

    /// Numbers between -1 and 1.
    static Tensor random(SplittableRandom random, Shape shape) {
        Tensor tensor = Tensor.allocate(new TensorType(ElementType.FLOAT32, shape));
        for (long i = 0; i < shape.elements(); i++) {
            tensor.set(i, random.nextDouble() * 2 - 1);
        }
        return tensor;
    }

    static Tensor random(SplittableRandom random, long... dims) {
        return random(random, Shape.of(dims));
    }

    /// The same values, each with a bound of its own.
    static TensorView withBounds(Tensor tensor, double relative) {
        TensorView view = TensorView.allocate(tensor.type());
        for (long i = 0; i < tensor.shape().elements(); i++) {
            view.set(i, tensor.get(i), relative * Math.abs(tensor.get(i)));
        }
        return view;
    }
}
