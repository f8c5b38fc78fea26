package dev.sinter.training.data.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.training.SampleFiles;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
}
