package dev.sinter.cli.option;

import dev.sinter.cli.input.ArrayLayout;
import dev.sinter.cli.input.ChannelOrder;
import dev.sinter.cli.input.Normalisation;
import dev.sinter.cli.input.Preparation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How inputs become what the network expects.
public final class PreparationOptions {
    /// What help pages say above them.
    public static final String HEADING =
            "%nWhat inputs become before the network gets them, (x * scale - mean) / std:%n";

    @Option(
            names = "--scale",
            paramLabel = "S",
            converter = Fraction.class,
            description = "Multiply by S, such as 1/255: pictures have numbers from 0 to 255.")
    private double scale = 1;

    @Option(
            names = "--mean",
            paramLabel = "M",
            split = ",",
            converter = Fraction.class,
            description = "Subtract M: one number, or one per channel in the order that the network gets.")
    private List<Double> mean = List.of(0.0);

    @Option(
            names = "--std",
            paramLabel = "D",
            split = ",",
            converter = Fraction.class,
            description = "Divide by D: one number, or one per channel.")
    private List<Double> deviation = List.of(1.0);

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            description = "Which colour of a picture the network gets first: ${COMPLETION-CANDIDATES}.")
    private ChannelOrder order = ChannelOrder.RGB;

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            description = "How arrays lie, where that is not how the network takes them: ${COMPLETION-CANDIDATES}.")
    private @Nullable ArrayLayout layout;

    @Option(
            names = "--resize",
            paramLabel = "N",
            description = "Resize a picture so that its shorter side has N pixels, then cut the middle to the network's"
                    + " size. Without it the whole picture is resized to that.")
    private @Nullable Integer shortSide;

    @Option(names = "--crop", paramLabel = "N", description = "Cut N x N pixels from the middle of a picture.")
    private @Nullable Integer crop;

    public Preparation preparation() {
        return new Preparation(
                new Normalisation(scale, mean, deviation),
                order,
                Optional.ofNullable(layout),
                optional(shortSide),
                optional(crop));
    }

    private static OptionalInt optional(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
