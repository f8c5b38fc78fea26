package dev.sinter.training.data.picture;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Picture files with what the JDK's writers do not write.
final class EncodedPicture {
    private static final int PNG_HEADER = 33;

    private EncodedPicture() {}

    static byte[] of(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }

    /// The samples themselves as JPEG, without any conversion of colours.
    static byte[] jpeg(Raster samples) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(samples, null, null), null);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /// With one more segment, behind the first, which says that it is JFIF.
    static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
        int first = jpeg[3] == (byte) 0xe0 ? 4 + ByteBuffer.wrap(jpeg).getShort(4) : 2;
        return ByteBuffer.allocate(jpeg.length + content.length + 4)
                .put(jpeg, 0, first)
                .put((byte) 0xff)
                .put((byte) marker)
                .putShort((short) (content.length + 2))
                .put(content)
                .put(jpeg, first, jpeg.length - first)
                .array();
    }

    /// With one more chunk, right after its header.
    static byte[] withChunk(byte[] png, String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(content);
        return ByteBuffer.allocate(png.length + content.length + 12)
                .put(png, 0, PNG_HEADER)
                .putInt(content.length)
                .put(name)
                .put(content)
                .putInt((int) check.getValue())
                .put(png, PNG_HEADER, png.length - PNG_HEADER)
                .array();
    }

    /// A note of the orientation and nothing else, as TIFF.
    static byte[] exif(int orientation) {
        return ByteBuffer.allocate(26)
                .put("MM\0*".getBytes(StandardCharsets.US_ASCII))
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .array();
    }

    /// The same as JPEG's APP1 has it.
    static byte[] exifSegment(int orientation) {
        byte[] notes = exif(orientation);
        return ByteBuffer.allocate(notes.length + 6)
                .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
                .put(notes)
                .array();
    }
}
