package dev.sinter.training.data.picture;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.file.Failures;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/// Reads pictures with the JDK's readers. Transparency is ignored, and so is a camera's note of which side is up.
public final class PictureFile {
    public static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".bmp", ".gif");

    private PictureFile() {}

    public static boolean isPicture(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    /// One channel if the file is grey, else three in the order RGB; from 0 to 255.
    ///
    /// @throws CompileException if it is not a picture, or damaged
    public static Pixels read(Path file) {
        BufferedImage image;
        try {
            image = ImageIO.read(new ByteArrayInputStream(Files.readAllBytes(file)));
        } catch (IOException failure) {
            throw fault(file, "cannot be read: " + Failures.reason(failure), failure);
        } catch (RuntimeException failure) {
            // What readers throw at damaged files, beside what they declare.
            throw fault(file, "cannot be read as a picture: " + failure, failure);
        }
        if (image == null) {
            throw fault(file, "is not a picture in a known format (PNG, JPEG, BMP, GIF)", null);
        }
        boolean grey = image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
        return grey ? grey(image) : coloured(image);
    }

    private static CompileException fault(Path file, String fact, @Nullable Throwable cause) {
        return new CompileException(Code.INPUT_DATA, file.toString(), fact, null, cause);
    }

    /// The samples themselves: as a colour, a grey of Java's is brightened.
    private static Pixels grey(BufferedImage image) {
        Raster raster = image.getRaster();
        int width = image.getWidth();
        int height = image.getHeight();
        float most = (1 << image.getColorModel().getComponentSize(0)) - 1;
        float[] plane = raster.getSamples(0, 0, width, height, 0, (float[]) null);
        for (int i = 0; i < plane.length; i++) {
            plane[i] *= 255 / most;
        }
        return new Pixels(1, height, width, plane);
    }

    private static Pixels coloured(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] colours = image.getRGB(0, 0, width, height, null, 0, width);
        float[] planes = new float[3 * colours.length];
        for (int i = 0; i < colours.length; i++) {
            planes[i] = colours[i] >> 16 & 0xff;
            planes[colours.length + i] = colours[i] >> 8 & 0xff;
            planes[2 * colours.length + i] = colours[i] & 0xff;
        }
        return new Pixels(3, height, width, planes);
    }
}
