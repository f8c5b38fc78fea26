package dev.sinter.tests.operator;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/// Every operator, in shapes that leave something over: what all devices are held to.
@NullMarked
final class OperatorSamples {
    private static final List<Sample> ALL = Stream.of(
                    ConvolutionSamples.ALL,
                    PoolingSamples.ALL,
                    ElementwiseSamples.ALL,
                    ReductionSamples.ALL,
                    MovementSamples.ALL,
                    GatherSamples.ALL,
                    FusedSamples.ALL,
                    TypeSamples.ALL,
                    ConversionSamples.ALL,
                    GradientSamples.ALL,
                    SelectionSamples.ALL,
                    PlaceSamples.ALL,
                    ChoiceSamples.ALL,
                    IntegerSamples.ALL)
            .flatMap(List::stream)
            .toList();

    private OperatorSamples() {}

    static List<Sample> all() {
        return ALL;
    }
}
