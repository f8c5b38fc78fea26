package dev.sinter.training.quantization;

import dev.sinter.ir.graph.Graph;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A network whose layers compute on bytes, and what that did to it.
///
/// @param floating the network in floating point, after the passes that run before quantising
/// @param graph the same with rounding to bytes and back around what computes on integers
/// @param layers in the order in which they are computed
public record QuantizedNetwork(Graph floating, Graph graph, List<LayerQuality> layers) {
    public QuantizedNetwork {
        layers = List.copyOf(layers);
    }

    /// The layer whose own rounding does the most harm, relative to what it yields.
    public Optional<LayerQuality> noisiest() {
        return layers.stream()
                .filter(layer -> layer.ownDecibels().isPresent())
                .min(Comparator.comparingDouble(layer -> layer.ownDecibels().orElseThrow()));
    }

    /// Signal to noise in dB of the output that is the farthest from what it was; infinite if all are what they were.
    public double decibels() {
        return layers.stream()
                .filter(LayerQuality::output)
                .mapToDouble(LayerQuality::decibels)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }
}
