package dev.sinter.ir.schedule;

import java.util.Optional;
import java.util.OptionalInt;

/// On what schedules were measured, or are to be used: what is left open is true of any.
///
/// @param target the device model
/// @param name what the device calls itself
/// @param driver the version of what compiles kernels for it
/// @param units its compute units: with others, work is divided otherwise
public record TunedDevice(String target, Optional<String> name, Optional<String> driver, OptionalInt units) {
    /// Any device of a model, with as many compute units.
    public static TunedDevice ofModel(Target target) {
        return new TunedDevice(
                target.name(), Optional.empty(), Optional.empty(), OptionalInt.of(target.computeUnits()));
    }

    /// Why what was measured on this is not for `other`; empty if it is.
    public Optional<String> objection(TunedDevice other) {
        if (!target.equals(other.target)) {
            return differs("target", target, other.target);
        }
        if (differ(name, other.name)) {
            return differs("device", name.orElseThrow(), other.name.orElseThrow());
        }
        if (differ(driver, other.driver)) {
            return differs("driver", driver.orElseThrow(), other.driver.orElseThrow());
        }
        boolean counted = units.isPresent() && other.units.isPresent();
        return counted && units.getAsInt() != other.units.getAsInt()
                ? differs("compute units", String.valueOf(units.getAsInt()), String.valueOf(other.units.getAsInt()))
                : Optional.empty();
    }

    private static boolean differ(Optional<String> one, Optional<String> other) {
        return one.isPresent() && other.isPresent() && !one.equals(other);
    }

    private static Optional<String> differs(String what, String found, String wanted) {
        return Optional.of("it is for " + what + " " + found + ", not for " + wanted);
    }
}
