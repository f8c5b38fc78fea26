package dev.sinter.cli.conformance;

import dev.sinter.ir.interp.Deviation;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;

/// An element that is farther from what is expected than it may be.
///
/// @param node which computes it
/// @param output the tensor that it is an element of
/// @param index its coordinates
/// @param found a Double, or a Long for integers
/// @param expected likewise
/// @param bound how far the two may be apart
/// @param expectedBy who says what is expected: `case`, or `oracle`, which judges what a device computes in between
public record WrongElement(
        String node, String output, List<Long> index, Number found, Number expected, double bound, String expectedBy) {
    static final String BY_CASE = "case";
    static final String BY_ORACLE = "oracle";

    public WrongElement {
        index = List.copyOf(index);
    }

    static WrongElement of(String node, String output, Deviation deviation) {
        return new WrongElement(
                node, output, deviation.index(), deviation.device(), deviation.oracle(), deviation.bound(), BY_ORACLE);
    }

    /// The coordinates of an element by its number in row-major order.
    static List<Long> coordinates(Shape shape, long element) {
        List<Long> coordinates = new ArrayList<>();
        long rest = element;
        for (long extent : shape.dims().reversed()) {
            coordinates.addFirst(rest % extent);
            rest /= extent;
        }
        return coordinates;
    }

    @Override
    public String toString() {
        return node + ": " + output + index + " is " + found + " but " + expected + " ± " + bound + " is expected ("
                + expectedBy + ")";
    }
}
