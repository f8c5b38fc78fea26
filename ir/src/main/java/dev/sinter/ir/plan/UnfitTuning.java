package dev.sinter.ir.plan;

import dev.sinter.ir.diag.Place;

/// A measured schedule that could not be used, and why.
///
/// @param place where it stands
public record UnfitTuning(Place place, String reason) {
    @Override
    public String toString() {
        return place + " is ignored: " + reason;
    }
}
