package dev.sinter.ir.interp;

import java.util.List;
import java.util.stream.Collectors;

/// An element that a device got wrong, or is suspected to.
///
/// @param index its coordinates
/// @param device the device's value: a Double, or a Long for integers
/// @param oracle the oracle's, likewise
/// @param bound how far the device's may be off
/// @param likelyBound how far it very likely is at most
public record Deviation(List<Long> index, Number device, Number oracle, double bound, double likelyBound) {
    public Deviation {
        index = List.copyOf(index);
    }

    @Override
    public String toString() {
        String at = index.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
        return at + ": device " + device + ", oracle " + oracle + " ± " + likelyBound + " (at most " + bound + ")";
    }
}
