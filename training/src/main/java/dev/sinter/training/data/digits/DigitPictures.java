package dev.sinter.training.data.digits;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.file.Failures;
import dev.sinter.ir.file.OutputFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/// Writes drawn digits as picture files, to look at and to try networks on: `digit-3-02.png` is the second drawing of a
/// 3. `samples/digits` is what [#write(Path, int, long)] makes with [#SAMPLES] and [#SAMPLE_SEED].
public final class DigitPictures {
    /// How many pictures of each digit lie in `samples/digits`.
    public static final int SAMPLES = 4;

    /// The seed of `samples/digits`; another one than trainings begin with, so that no network was trained on these.
    public static final long SAMPLE_SEED = 20_260_103;

    private DigitPictures() {}

    /// @param folder is made if it is not there
    /// @param each how many pictures of each digit
    /// @return the files, in the order in which they were written
    /// @throws CompileException if a file cannot be written
    public static List<Path> write(Path folder, int each, long seed) {
        DrawnDigits digits = new DrawnDigits(Math.multiplyExact(10, each), seed);
        int[] written = new int[10];
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < digits.size(); i++) {
            int digit = digits.label(i);
            String name = String.format(Locale.ROOT, "digit-%d-%02d.png", digit, ++written[digit]);
            files.add(write(folder.resolve(name), digits.example(i)));
        }
        return files;
    }

    private static Path write(Path file, float[] pixels) {
        BufferedImage image = new BufferedImage(Framing.SIDE, Framing.SIDE, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSamples(0, 0, Framing.SIDE, Framing.SIDE, 0, pixels);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            OutputFile.at(file).write(out -> ImageIO.write(image, "png", out));
            return file;
        } catch (IOException failure) {
            throw new CompileException(
                    Code.FILE_WRITE, file.toString(), "cannot be written: " + Failures.reason(failure), null, failure);
        }
    }
}
