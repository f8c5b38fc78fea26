package dev.sinter.cli;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;

/// Small files of the kinds that networks are fed with.
public final class SampleFiles {
    private SampleFiles() {}

    /// A picture of one colour.
    public static Path picture(Path file, int width, int height, Color colour) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, colour.getRGB());
            }
        }
        String name = String.valueOf(file.getFileName());
        ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
        return file;
    }

    /// Images in an IDX file, numbered from 0, each filled with its number.
    public static Path idxImages(Path file, int count, int height, int width) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(0x0803);
        out.writeInt(count);
        out.writeInt(height);
        out.writeInt(width);
        for (int image = 0; image < count; image++) {
            for (int i = 0; i < height * width; i++) {
                out.write(image);
            }
        }
        return write(file, bytes.toByteArray());
    }

    public static Path idxLabels(Path file, int... labels) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(0x0801);
        out.writeInt(labels.length);
        for (int label : labels) {
            out.write(label);
        }
        return write(file, bytes.toByteArray());
    }

    /// An array of float32 in which each element is its index.
    public static Path npy(Path file, String shape, int elements) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(4 * elements).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < elements; i++) {
            data.putFloat(i);
        }
        return npy(file, "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }", data.array());
    }

    /// An array of version 1.0 with any header.
    public static Path npy(Path file, String header, byte[] data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0x93);
        bytes.writeBytes("NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1));
        bytes.write(header.length() + 1);
        bytes.write(header.length() + 1 >> 8);
        bytes.writeBytes((header + "\n").getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(data);
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
