package dev.sinter.tests.fuzz;

import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// A tensor that a network brings with it, by what makes it: so it can be made again in another shape.
@NullMarked
record Constant(TensorType type, Contents contents) {
    private static final int MOST_PRINTED = 12;

    sealed interface Contents {
        record Normal(double mean, double deviation, long seed) implements Contents {}

        record Uniform(double least, double most, long seed) implements Contents {}

        record Integers(long least, long most, long seed) implements Contents {}

        /// Element by element, such as a shape: it cannot be made in another one.
        record Stated(List<Double> elements) implements Contents {
            public Stated {
                elements = List.copyOf(elements);
            }
        }
    }

    Tensor tensor() {
        return switch (contents) {
            case Contents.Normal(double mean, double deviation, long seed) ->
                RandomTensors.normal(type, mean, deviation, seed);
            case Contents.Uniform(double least, double most, long seed) ->
                RandomTensors.uniform(type, least, most, seed);
            case Contents.Integers(long least, long most, long seed) -> RandomTensors.integers(type, least, most, seed);
            case Contents.Stated(List<Double> elements) -> stated(elements);
        };
    }

    private Tensor stated(List<Double> elements) {
        Tensor tensor = Tensor.allocate(type);
        for (int i = 0; i < elements.size(); i++) {
            tensor.set(i, elements.get(i));
        }
        return tensor;
    }

    boolean isStated() {
        return contents instanceof Contents.Stated;
    }

    boolean isWild() {
        return contents instanceof Contents.Stated(List<Double> elements)
                && elements.stream().anyMatch(element -> !(Math.abs(element) < 1e30));
    }

    Constant withShape(Shape shape) {
        return new Constant(type.withShape(shape), contents);
    }

    @Override
    public String toString() {
        return contents instanceof Contents.Stated(List<Double> elements) && elements.size() > MOST_PRINTED
                ? type + " stated, " + elements.subList(0, MOST_PRINTED) + " and so on"
                : type + " " + contents;
    }
}
