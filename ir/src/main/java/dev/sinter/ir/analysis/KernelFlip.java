package dev.sinter.ir.analysis;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.Map;

/// What a convolutional layer computes, beside what mathematics calls a convolution, on one small matrix.
///
/// Cross-correlation lays the kernel on the input as it is, convolution lays it on turned by half a circle (Goodfellow,
/// Bengio and Courville, "Deep Learning" (2016), chapter 9.1). Frameworks compute the first and call it by the name of
/// the second: weights are learned, so that it makes no difference which way round they are stored.
///
/// @param layer what Sinter's `conv` makes of input and kernel
/// @param convolution what it makes of the input and the turned kernel
public record KernelFlip(Tensor input, Tensor kernel, Tensor turned, Tensor layer, Tensor convolution) {
    /// An example in which no number of the kernel stands opposite its equal.
    public static KernelFlip example() {
        return of(
                Tensor.ofFloats(Shape.of(1, 1, 3, 3), 1, 0, 2, 3, 1, 0, 0, 2, 1),
                Tensor.ofFloats(Shape.of(1, 1, 2, 2), 1, 2, 0, -1));
    }

    /// @param input `[1, 1, H, W]`
    /// @param kernel `[1, 1, F, F]`
    public static KernelFlip of(Tensor input, Tensor kernel) {
        Tensor turned = turned(kernel);
        return new KernelFlip(input, kernel, turned, computed(input, kernel), computed(input, turned));
    }

    private static Tensor computed(Tensor input, Tensor kernel) {
        Graph.Builder graph = Graph.builder("example");
        Value x = graph.input("x", input.type());
        graph.output(graph.add("y", Conv.of(1, 0), x, graph.constant("kernel", kernel)));
        return Interpreter.run(graph.build(), Map.of("x", input))
                .values()
                .iterator()
                .next();
    }

    private static Tensor turned(Tensor kernel) {
        Tensor turned = Tensor.allocate(kernel.type());
        long elements = kernel.shape().elements();
        for (long i = 0; i < elements; i++) {
            turned.set(elements - 1 - i, kernel.get(i));
        }
        return turned;
    }
}
