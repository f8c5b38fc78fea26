package dev.sinter.training.data.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The file has the rows `10 20 30` and `40 50 60`; what is expected follows from the pictures in the Exif standard:
/// the note says where the file's first row and first column are in the scene.
class OrientationTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "1, 10 20 30 / 40 50 60",
        "2, 30 20 10 / 60 50 40",
        "3, 60 50 40 / 30 20 10",
        "4, 40 50 60 / 10 20 30",
        "5, 10 40 / 20 50 / 30 60",
        "6, 40 10 / 50 20 / 60 30",
        "7, 60 30 / 50 20 / 40 10",
        "8, 30 60 / 20 50 / 10 40",
    })
    void a_png_is_turned_as_its_note_says(int orientation, String rows) throws IOException {
        byte[] png = EncodedPicture.withChunk(
                EncodedPicture.of(picture(1), "png"), "eXIf", EncodedPicture.exif(orientation));
        assertRows(rows, PictureFile.read(Files.write(folder.resolve("a.png"), png)), 1, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 10 20 30 / 40 50 60",
        "2, 30 20 10 / 60 50 40",
        "3, 60 50 40 / 30 20 10",
        "4, 40 50 60 / 10 20 30",
        "5, 10 40 / 20 50 / 30 60",
        "6, 40 10 / 50 20 / 60 30",
        "7, 60 30 / 50 20 / 40 10",
        "8, 30 60 / 20 50 / 10 40",
    })
    void a_jpeg_is_turned_as_its_note_says(int orientation, String rows) throws IOException {
        byte[] jpeg = EncodedPicture.withSegment(
                EncodedPicture.of(picture(8), "jpg"), 0xe1, EncodedPicture.exifSegment(orientation));
        assertRows(rows, PictureFile.read(Files.write(folder.resolve("a.jpg"), jpeg)), 8, 3);
    }

    @ParameterizedTest
    @CsvSource({"0", "9"})
    void a_note_that_makes_no_sense_is_passed_over(int orientation) throws IOException {
        byte[] png = EncodedPicture.withChunk(
                EncodedPicture.of(picture(1), "png"), "eXIf", EncodedPicture.exif(orientation));
        assertRows("10 20 30 / 40 50 60", PictureFile.read(Files.write(folder.resolve("a.png"), png)), 1, 0);
    }

    @Test
    void damaged_notes_do_no_harm() throws IOException {
        byte[] png = EncodedPicture.withChunk(EncodedPicture.of(picture(1), "png"), "eXIf", new byte[] {'M', 'M', 0});
        assertRows("10 20 30 / 40 50 60", PictureFile.read(Files.write(folder.resolve("a.png"), png)), 1, 0);
    }

    @Test
    void all_channels_are_turned() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0x010203);
        image.setRGB(1, 0, 0x040506);
        byte[] png = EncodedPicture.withChunk(EncodedPicture.of(image, "png"), "eXIf", EncodedPicture.exif(8));
        Pixels pixels = PictureFile.read(Files.write(folder.resolve("a.png"), png));
        assertEquals(1, pixels.width());
        assertArrayEquals(new float[] {4, 1, 5, 2, 6, 3}, pixels.planes());
    }

    /// @param block how large a pixel is drawn, so that JPEG does not blur it
    private static BufferedImage picture(int block) {
        BufferedImage image = new BufferedImage(3 * block, 2 * block, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.getRaster().setSample(x, y, 0, 10 + 10 * (x / block) + 30 * (y / block));
            }
        }
        return image;
    }

    private static void assertRows(String expected, Pixels pixels, int block, float tolerance) {
        String[] rows = expected.split(" / ");
        assertEquals(rows.length * block, pixels.height());
        for (int y = 0; y < rows.length; y++) {
            String[] row = rows[y].split(" ");
            assertEquals(row.length * block, pixels.width());
            for (int x = 0; x < row.length; x++) {
                assertEquals(Float.parseFloat(row[x]), pixels.at(0, y * block, x * block), tolerance, expected);
            }
        }
    }
}
