package dev.sinter.training.data.picture;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.Optional;
import java.util.stream.IntStream;

/// The numbers in a picture, scaled to 0 up to 255 where they have other than eight bits. No colour profile is applied:
/// networks are trained on the numbers that files hold, and the JDK applies the profiles of some formats only.
final class Samples {
    private static final float WHITE = 255;

    private Samples() {}

    /// @return empty if its colours are of a kind that is not known
    static Optional<Pixels> of(BufferedImage image) {
        if (image.getColorModel() instanceof IndexColorModel palette) {
            return Optional.of(isGrey(palette) ? greyPalette(image) : palette(image));
        }
        return switch (image.getColorModel().getColorSpace().getType()) {
            case ColorSpace.TYPE_GRAY -> Optional.of(bands(image, 1));
            case ColorSpace.TYPE_RGB -> Optional.of(bands(image, 3));
            case ColorSpace.TYPE_CMYK -> Optional.of(printed(image));
            default -> Optional.empty();
        };
    }

    private static Pixels bands(BufferedImage image, int channels) {
        int plane = image.getWidth() * image.getHeight();
        float[] planes = new float[channels * plane];
        for (int channel = 0; channel < channels; channel++) {
            System.arraycopy(band(image, channel), 0, planes, channel * plane, plane);
        }
        return new Pixels(channels, image.getHeight(), image.getWidth(), planes);
    }

    private static float[] band(BufferedImage image, int band) {
        float most = (1 << image.getColorModel().getComponentSize(band)) - 1;
        float[] samples = image.getRaster().getSamples(0, 0, image.getWidth(), image.getHeight(), band, (float[]) null);
        for (int i = 0; i < samples.length; i++) {
            samples[i] *= WHITE / most;
        }
        return samples;
    }

    /// As users of libjpeg have it: each ink takes its share of what black leaves.
    private static Pixels printed(BufferedImage image) {
        float[] black = band(image, 3);
        Pixels inks = bands(image, 3);
        float[] planes = inks.planes();
        for (int i = 0; i < planes.length; i++) {
            planes[i] = (WHITE - planes[i]) * (WHITE - black[i % black.length]) / WHITE;
        }
        return inks;
    }

    /// Greys of fewer than eight bits come as a palette too.
    private static boolean isGrey(IndexColorModel palette) {
        return IntStream.range(0, palette.getMapSize())
                .allMatch(entry -> palette.getRed(entry) == palette.getGreen(entry)
                        && palette.getGreen(entry) == palette.getBlue(entry));
    }

    private static Pixels greyPalette(BufferedImage image) {
        int[] colours = colours(image);
        float[] plane = new float[colours.length];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = colours[i] & 0xff;
        }
        return new Pixels(1, image.getHeight(), image.getWidth(), plane);
    }

    private static Pixels palette(BufferedImage image) {
        int[] colours = colours(image);
        float[] planes = new float[3 * colours.length];
        for (int i = 0; i < colours.length; i++) {
            planes[i] = colours[i] >> 16 & 0xff;
            planes[colours.length + i] = colours[i] >> 8 & 0xff;
            planes[2 * colours.length + i] = colours[i] & 0xff;
        }
        return new Pixels(3, image.getHeight(), image.getWidth(), planes);
    }

    private static int[] colours(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
