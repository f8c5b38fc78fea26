package dev.sinter.cli.input;

import dev.sinter.cli.terminal.Quantity;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import java.util.List;

/// What each number becomes before a network gets it: (x · scale - mean) / deviation. Mean and deviation are one number
/// for all channels or one for each.
public record Normalisation(double scale, List<Double> mean, List<Double> deviation) {
    public static final Normalisation NONE = new Normalisation(1, List.of(0.0), List.of(1.0));

    public Normalisation {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (deviation.contains(0.0)) {
            throw new CompileException(Code.OPTION, "--std", "a deviation of 0 would divide by it", null);
        }
    }

    boolean changesNothing() {
        return equals(NONE);
    }

    /// @throws CompileException if there is a number per channel, but of another count of channels
    void requireChannels(String input, int channels) {
        requireChannels(input, "--mean", mean, channels);
        requireChannels(input, "--std", deviation, channels);
    }

    private static void requireChannels(String input, String option, List<Double> numbers, int channels) {
        if (numbers.size() != 1 && numbers.size() != channels) {
            throw new CompileException(
                    Code.OPTION,
                    option,
                    "has " + numbers.size() + " numbers but input " + input + " has "
                            + Quantity.of(channels, "channel"),
                    "give one number, or one for each channel");
        }
    }

    double apply(double value, int channel) {
        return (value * scale - of(mean, channel)) / of(deviation, channel);
    }

    private static double of(List<Double> numbers, int channel) {
        return numbers.get(numbers.size() == 1 ? 0 : channel);
    }
}
