package dev.sinter.training.quantization;

import java.util.Optional;

/// What quantising did to one layer of a network.
///
/// @param name the node's
/// @param operator its operator, in IR text; `conv+relu` where a rectifier belongs to it
/// @param integer whether it computes on integers
/// @param output whether the network yields what it yields
/// @param low the least number that it yielded in floating point
/// @param high the largest
/// @param parameters of the bytes that it yields; empty where it yields real numbers
/// @param clipped the share of what it yields that is outside of what the bytes can be
/// @param decibels signal to noise of what it yields, against the network in floating point
/// @param ownDecibels the same if all before it were exact; empty for layers without weights in bytes
public record LayerQuality(
        String name,
        String operator,
        boolean integer,
        boolean output,
        double low,
        double high,
        Optional<QuantizationParameters> parameters,
        double clipped,
        double decibels,
        Optional<Double> ownDecibels) {}
