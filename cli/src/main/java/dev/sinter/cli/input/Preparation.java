package dev.sinter.cli.input;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.training.data.picture.Pixels;
import dev.sinter.training.data.picture.Resampling;
import java.util.Optional;
import java.util.OptionalInt;

/// What is done to pictures and arrays before a network gets them.
///
/// @param order of the channels that the network gets
/// @param arrays how arrays lie; empty if they lie as the network takes them
/// @param shortSide what the shorter side is resized to
/// @param crop the side of the square that is then cut from the middle
public record Preparation(
        Normalisation normalisation,
        ChannelOrder order,
        Optional<ArrayLayout> arrays,
        OptionalInt shortSide,
        OptionalInt crop) {
    public static final Preparation NONE = new Preparation(
            Normalisation.NONE, ChannelOrder.RGB, Optional.empty(), OptionalInt.empty(), OptionalInt.empty());

    public Preparation {
        requirePositive("--resize", shortSide);
        requirePositive("--crop", crop);
    }

    /// The same for arrays that lie so.
    Preparation withArrays(ArrayLayout layout) {
        return new Preparation(normalisation, order, Optional.of(layout), shortSide, crop);
    }

    private static void requirePositive(String option, OptionalInt size) {
        if (size.isPresent() && size.getAsInt() < 1) {
            throw new CompileException(Code.OPTION, option, size.getAsInt() + " must be at least 1", null);
        }
    }

    /// The picture in the size, colours and order that the network takes.
    ///
    /// @throws CompileException if it is smaller than what is to be cut from it
    Pixels fit(Pixels picture, PixelShape shape, String label) {
        Pixels fitting = sized(picture.withChannels(shape.channels()), shape, label);
        return switch (order) {
            case RGB -> fitting;
            case BGR -> fitting.reversed();
        };
    }

    private Pixels sized(Pixels picture, PixelShape shape, String label) {
        Pixels resized = shortSide.isPresent() ? Resampling.resizeShortSide(picture, shortSide.getAsInt()) : picture;
        if (crop.isEmpty() && shortSide.isEmpty()) {
            return Resampling.resize(resized, shape.height(), shape.width());
        }
        int height = crop.orElse(shape.height());
        int width = crop.orElse(shape.width());
        if (resized.height() < height || resized.width() < width) {
            throw new CompileException(
                    Code.INPUT_DATA,
                    label,
                    "has " + resized.width() + "x" + resized.height() + " pixels"
                            + (shortSide.isPresent() ? " after --resize " + shortSide.getAsInt() : "") + " but "
                            + width + "x" + height + " are to be cut from it",
                    "--resize enlarges small pictures");
        }
        return Resampling.resize(resized.centreCrop(height, width), shape.height(), shape.width());
    }
}
