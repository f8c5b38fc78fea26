package dev.sinter.training.data.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.training.SampleFiles;
import java.awt.Color;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureFileTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"a.png", "a.bmp"})
    void channels_come_in_the_order_red_green_blue(String name) throws Exception {
        Pixels pixels = PictureFile.read(SampleFiles.picture(folder.resolve(name), 2, 1, new Color(10, 20, 30)));
        assertArrayEquals(new float[] {10, 10, 20, 20, 30, 30}, pixels.planes());
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
    void a_grey_picture_keeps_its_numbers(int type) throws Exception {
        BufferedImage image = new BufferedImage(3, 1, type);
        int step = type == BufferedImage.TYPE_BYTE_GRAY ? 1 : 257;
        for (int x = 0; x < 3; x++) {
            image.getRaster().setSample(x, 0, 0, 100 * x * step);
        }
        Path file = folder.resolve("grey.png");
        ImageIO.write(image, "png", file.toFile());
        Pixels pixels = PictureFile.read(file);
        assertEquals(1, pixels.channels());
        assertArrayEquals(new float[] {0, 100, 200}, pixels.planes(), 1e-4f);
    }

    @Test
    void transparency_is_ignored() throws Exception {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x80_0a_14_1e);
        Path file = folder.resolve("transparent.png");
        ImageIO.write(image, "png", file.toFile());
        assertArrayEquals(new float[] {10, 20, 30}, PictureFile.read(file).planes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "bmp", "gif"})
    void a_damaged_picture_is_told_wherever_it_is_cut_off(String ending) throws Exception {
        Path file = SampleFiles.picture(folder.resolve("a." + ending), 16, 16, Color.RED);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < Math.min(whole.length / 2, 60); length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThrows(CompileException.class, () -> PictureFile.read(file), "of " + length + " bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "bmp", "gif"})
    void a_picture_without_its_last_pixels_is_damaged(String ending) throws Exception {
        byte[] whole = EncodedPicture.of(noise(), ending);
        Path file = folder.resolve("cut." + ending);
        for (int kept = 50; kept < 100; kept += 7) {
            Files.write(file, Arrays.copyOf(whole, whole.length * kept / 100));
            assertThrows(CompileException.class, () -> PictureFile.read(file), kept + " per cent");
        }
    }

    @Test
    void a_jpeg_that_lacks_nothing_but_its_end_mark_is_read() throws Exception {
        byte[] whole = EncodedPicture.of(noise(), "jpg");
        Path file = Files.write(folder.resolve("whole.jpg"), whole);
        Path cut = Files.write(folder.resolve("cut.jpg"), Arrays.copyOf(whole, whole.length - 2));
        assertArrayEquals(PictureFile.read(file).planes(), PictureFile.read(cut).planes());
    }

    @Test
    void inks_become_light_as_users_of_libjpeg_have_it() throws Exception {
        WritableRaster inks = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 8, 8, 4, null);
        for (int i = 0; i < 64; i++) {
            // A JPEG has the paper that shines through, not the ink.
            inks.setPixel(i % 8, i / 8, new int[] {255 - 40, 255 - 200, 255 - 10, 255 - 60});
        }
        Pixels pixels = PictureFile.read(Files.write(folder.resolve("inks.jpg"), EncodedPicture.jpeg(inks)));
        assertEquals(3, pixels.channels());
        assertEquals(215 * 195 / 255f, pixels.at(0, 4, 4), 3);
        assertEquals(55 * 195 / 255f, pixels.at(1, 4, 4), 3);
        assertEquals(245 * 195 / 255f, pixels.at(2, 4, 4), 3);
    }

    @Test
    void a_colour_profile_changes_no_number() throws Exception {
        byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        byte[] head = "ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1);
        byte[] segment = Arrays.copyOf(head, head.length + profile.length);
        System.arraycopy(profile, 0, segment, head.length, profile.length);
        Path file = SampleFiles.picture(folder.resolve("a.jpg"), 8, 8, new Color(60, 120, 200));
        Path profiled = Files.write(
                folder.resolve("b.jpg"), EncodedPicture.withSegment(Files.readAllBytes(file), 0xe2, segment));
        assertNotEquals(
                ImageIO.read(file.toFile()).getRGB(4, 4),
                ImageIO.read(profiled.toFile()).getRGB(4, 4),
                "the profile has no effect anywhere");
        assertArrayEquals(
                PictureFile.read(file).planes(), PictureFile.read(profiled).planes());
    }

    @Test
    void sixteen_bits_a_colour_keep_their_fractions() throws Exception {
        ComponentColorModel colours = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_USHORT);
        WritableRaster samples = colours.createCompatibleWritableRaster(1, 1);
        samples.setPixel(0, 0, new int[] {257 * 10 + 128, 257 * 20, 65535});
        Path file = folder.resolve("deep.png");
        ImageIO.write(new BufferedImage(colours, samples, false, null), "png", file.toFile());
        assertArrayEquals(
                new float[] {10 + 128 / 257f, 20, 255}, PictureFile.read(file).planes(), 1e-4f);
    }

    @Test
    void a_palette_of_greys_is_grey_and_one_of_colours_coloured() throws Exception {
        BufferedImage black = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
        black.setRGB(1, 0, 0xffffff);
        Path grey = folder.resolve("grey.png");
        ImageIO.write(black, "png", grey.toFile());
        assertArrayEquals(new float[] {0, 255}, PictureFile.read(grey).planes());

        BufferedImage indexed = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_INDEXED);
        indexed.setRGB(0, 0, 0xff0000);
        Path red = folder.resolve("red.png");
        ImageIO.write(indexed, "png", red.toFile());
        assertArrayEquals(new float[] {255, 0, 0}, PictureFile.read(red).planes());
    }

    @Test
    void what_a_picture_is_follows_from_its_content_not_its_name() throws Exception {
        Path png = SampleFiles.picture(folder.resolve("a.png"), 2, 1, new Color(10, 20, 30));
        Path named = Files.copy(png, folder.resolve("a.jpg"));
        assertArrayEquals(
                PictureFile.read(png).planes(), PictureFile.read(named).planes());
    }

    @Test
    void a_picture_without_pixels_is_refused() throws Exception {
        byte[] png = Files.readAllBytes(SampleFiles.picture(folder.resolve("a.png"), 1, 1, Color.RED));
        // The width, behind the signature and the header chunk's length and name.
        ByteBuffer.wrap(png).putInt(16, 0);
        Path file = Files.write(folder.resolve("none.png"), png);
        assertThrows(CompileException.class, () -> PictureFile.read(file));
    }

    private static BufferedImage noise() {
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int i = 0; i < 64 * 48; i++) {
            image.setRGB(i % 64, i / 64, random.nextInt(1 << 24));
        }
        return image;
    }
}
