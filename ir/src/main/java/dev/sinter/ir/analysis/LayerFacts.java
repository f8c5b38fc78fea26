package dev.sinter.ir.analysis;

import dev.sinter.ir.graph.Node;
import dev.sinter.ir.type.Shape;
import java.math.BigInteger;
import java.util.List;

/// What can be said of one layer from its shapes alone.
///
/// @param extents one per dimension of the picture; none where no window slides
/// @param weights how many numbers are learned, without biases
/// @param connections how many input elements one output element is computed from, at most
/// @param uses how many output elements one weight takes part in, per picture; 0 where there are no weights
/// @param field what of the picture one output element depends on
public record LayerFacts(
        Node node,
        Kind kind,
        Shape input,
        Shape output,
        List<Extent> extents,
        long groups,
        long weights,
        long biases,
        long connections,
        long uses,
        ReceptiveField field) {
    /// What a layer does to a picture.
    public enum Kind {
        CONVOLUTION,
        TRANSPOSED_CONVOLUTION,
        POOLING,
        GLOBAL_POOLING,
        FULLY_CONNECTED
    }

    public LayerFacts {
        extents = List.copyOf(extents);
    }

    public long parameters() {
        return weights + biases;
    }

    /// Elements of the input that belong to one picture.
    public long inputElements() {
        return perPicture(input);
    }

    /// How many weights a fully connected layer between the same two volumes would have: every output element has one
    /// for every input element.
    public BigInteger fullyConnectedWeights() {
        return BigInteger.valueOf(perPicture(input)).multiply(BigInteger.valueOf(perPicture(output)));
    }

    private static long perPicture(Shape shape) {
        return shape.dims().stream().skip(1).reduce(1L, (a, b) -> a * b);
    }

    /// The part of the input that one output element is computed from.
    public double share() {
        return (double) connections / inputElements();
    }
}
