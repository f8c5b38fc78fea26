package dev.sinter.cli.train;

import dev.sinter.cli.file.PathText;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.Shape;
import dev.sinter.training.data.Dataset;
import dev.sinter.training.data.IdxDataset;
import dev.sinter.training.data.PictureFolderDataset;
import dev.sinter.training.data.digits.DrawnDigits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// What users name data by: `digits`, `digits:COUNT`, an IDX file with images, a folder with such a file, or a folder
/// with a folder of pictures for each class.
public record DataSource(String text) {
    private static final String DIGITS = "digits";
    private static final int DRAWN = 20_000;

    /// @param image what pictures become: channels, height, width
    /// @param classes how many a network tells apart; IDX files do not say
    /// @param seed of what is drawn
    /// @param complaints hears of pictures that are left out
    public Dataset read(Shape image, long classes, long seed, Consumer<CompileException> complaints) {
        if (isDrawn()) {
            return digits(seed);
        }
        Path path = PathText.parse(text);
        if (!Files.exists(path)) {
            throw new CompileException(
                    Code.FILE_MISSING,
                    text,
                    "there is no such file or folder",
                    "data is a folder, an IDX file, or '" + DIGITS + "', which are drawn");
        }
        Optional<Path> images = Files.isDirectory(path) ? imagesIn(path) : Optional.of(path);
        if (images.isPresent()) {
            return IdxDataset.read(images.get(), labelsOf(images.get()), numbered(classes));
        }
        PictureFolderDataset pictures = PictureFolderDataset.read(path, image);
        pictures.complaints().forEach(complaints);
        return pictures;
    }

    /// True if it is digits that are drawn.
    public boolean isDrawn() {
        return text.equals(DIGITS) || text.startsWith(DIGITS + ":");
    }

    /// The digits.
    ///
    /// @throws CompileException if it does not say how many
    public Dataset digits(long seed) {
        return new DrawnDigits(drawn(), seed);
    }

    private int drawn() {
        if (text.equals(DIGITS)) {
            return DRAWN;
        }
        String count = text.substring(DIGITS.length() + 1);
        try {
            int parsed = Integer.parseInt(count);
            if (parsed > 0) {
                return parsed;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw new CompileException(
                Code.OPTION, "--data", "'" + count + "' is no number of digits to draw", "for example digits:20000");
    }

    private static List<String> numbered(long classes) {
        return LongStream.range(0, classes).mapToObj(String::valueOf).toList();
    }

    /// The file of training images if there are several, as in MNIST's folder.
    public static Optional<Path> imagesIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> images = files.filter(Files::isRegularFile)
                    .filter(file -> name(file).contains("images") && name(file).contains("idx"))
                    .sorted()
                    .toList();
            return images.stream()
                    .filter(file -> name(file).startsWith("train"))
                    .findFirst()
                    .or(() -> images.stream().findFirst());
        } catch (IOException failure) {
            throw new CompileException(
                    Code.FILE_READ, folder.toString(), "cannot be read: " + failure.getMessage(), null, failure);
        }
    }

    /// What [#findLabels(Path)] finds.
    ///
    /// @throws CompileException if there is none
    private static Path labelsOf(Path images) {
        return findLabels(images)
                .orElseThrow(() -> new CompileException(
                        Code.FILE_MISSING,
                        images.toString(),
                        "has no labels: there is no " + labelsName(images) + " beside it",
                        "labels are found by the images' name, with 'labels' for 'images' and 'idx1' for 'idx3'"));
    }

    /// `train-labels-idx1-ubyte` beside `train-images-idx3-ubyte`, packed or not.
    public static Optional<Path> findLabels(Path images) {
        String stem = labelsName(images);
        String plain = stem.replaceFirst("\\.gz$", "");
        return Stream.of(stem, plain, plain + ".gz")
                .map(images::resolveSibling)
                .filter(Files::isRegularFile)
                .filter(file -> !file.equals(images))
                .findFirst();
    }

    private static String labelsName(Path images) {
        return images.getFileName().toString().replace("images", "labels").replace("idx3", "idx1");
    }

    private static String name(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT);
    }
}
