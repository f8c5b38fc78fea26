package dev.sinter.training.data.picture;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.file.Failures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/// Reads pictures with the JDK's readers, turned as the camera's note of which side is up says ([Orientation]), with
/// the numbers that are in the file ([Samples]). Transparency is ignored.
public final class PictureFile {
    public static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".bmp", ".gif");

    /// How libjpeg begins to tell of pixels that it has made up.
    private static final String MADE_UP = "Corrupt JPEG data";

    /// What it tells in the same words of bytes that are too many, which harm no pixel.
    private static final String HARMLESS = "extraneous bytes";

    private PictureFile() {}

    public static boolean isPicture(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    /// One channel if the file is grey, else three in the order RGB; from 0 to 255.
    ///
    /// @throws CompileException if it is not a picture, or damaged: also where a reader would fill up what is missing
    public static Pixels read(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            BufferedImage image = decode(file, JpegProfile.removed(bytes));
            Pixels lying = Samples.of(image)
                    .orElseThrow(() -> fault(
                            file,
                            "has colours that are neither grey, RGB nor CMYK: "
                                    + image.getColorModel().getColorSpace(),
                            null));
            return Orientation.noted(bytes).upright(lying);
        } catch (IOException failure) {
            throw fault(file, "cannot be read: " + Failures.reason(failure), failure);
        } catch (CompileException told) {
            throw told;
        } catch (RuntimeException failure) {
            // What readers throw at damaged files, beside what they declare.
            throw fault(file, "cannot be read as a picture: " + failure, failure);
        }
    }

    private static BufferedImage decode(Path file, byte[] bytes) throws IOException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw fault(file, "is not a picture in a known format (PNG, JPEG, BMP, GIF)", null);
            }
            ImageReader reader = readers.next();
            List<String> warnings = new ArrayList<>();
            try {
                reader.setInput(in, true, false);
                reader.addIIOReadWarningListener((_, warning) -> warnings.add(warning));
                BufferedImage image = reader.read(0);
                damage(warnings).ifPresent(damage -> {
                    throw new CompileException(
                            Code.INPUT_DATA,
                            file.toString(),
                            "is damaged, a part of the picture is missing: " + damage,
                            "the file may be cut off; fetch it again");
                });
                return image;
            } finally {
                reader.dispose();
            }
        }
    }

    private static Optional<String> damage(List<String> warnings) {
        return warnings.stream()
                .filter(warning -> warning.startsWith(MADE_UP) && !warning.contains(HARMLESS))
                .findFirst();
    }

    private static CompileException fault(Path file, String fact, @Nullable Throwable cause) {
        return new CompileException(Code.INPUT_DATA, file.toString(), fact, null, cause);
    }
}
