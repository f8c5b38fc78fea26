package dev.sinter.training;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;

/// Small files of the kinds that networks are trained with.
public final class SampleFiles {
    private SampleFiles() {}

    /// A picture of one colour, in a folder that is made if needed.
    public static Path picture(Path file, int width, int height, Color colour) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, colour.getRGB());
            }
        }
        Files.createDirectories(file.getParent());
        String name = String.valueOf(file.getFileName());
        ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
        return file;
    }

    /// Images in an IDX file, numbered from 0, each filled with its number.
    public static Path idxImages(Path file, int count, int height, int width) throws IOException {
        byte[] data = new byte[count * height * width];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (i / (height * width));
        }
        return idx(file, data, count, height, width);
    }

    public static Path idxLabels(Path file, int... labels) throws IOException {
        byte[] data = new byte[labels.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) labels[i];
        }
        return idx(file, data, labels.length);
    }

    /// Bytes in an IDX file of any extents.
    public static Path idx(Path file, byte[] data, int... extents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(0x0800 + extents.length);
        for (int extent : extents) {
            out.writeInt(extent);
        }
        out.write(data);
        return write(file, bytes.toByteArray());
    }

    /// Writes bytes, gzipped if the file's name says so.
    public static Path write(Path file, byte[] bytes) throws IOException {
        if (!file.toString().endsWith(".gz")) {
            return Files.write(file, bytes);
        }
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(bytes);
        }
        return file;
    }
}
