package dev.sinter.training.data.digits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.training.data.picture.PictureFile;
import dev.sinter.training.data.picture.Pixels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitPicturesTest {
    private static final Path SAMPLES = Path.of("..", "samples", "digits");

    @TempDir
    Path folder;

    @Test
    void each_digit_is_written_as_often_as_asked_for() {
        List<Path> files = DigitPictures.write(folder.resolve("new/digits"), 3, 1);
        assertEquals(30, files.size());
        assertTrue(files.stream().allMatch(Files::isRegularFile));
        assertTrue(files.contains(folder.resolve("new/digits/digit-3-02.png")), files.toString());
    }

    @Test
    void a_picture_holds_the_pixels_that_were_drawn() {
        Path first = DigitPictures.write(folder, 1, 5).getFirst();
        Pixels read = PictureFile.read(first);
        assertEquals(1, read.channels());
        assertArrayEquals(new DrawnDigits(10, 5).example(0), read.planes());
    }

    @Test
    void the_samples_are_what_they_are_said_to_be() {
        List<Path> files = DigitPictures.write(folder, DigitPictures.SAMPLES, DigitPictures.SAMPLE_SEED);
        for (Path file : files) {
            Path sample = SAMPLES.resolve(file.getFileName());
            assertArrayEquals(
                    PictureFile.read(file).planes(), PictureFile.read(sample).planes(), sample.toString());
        }
    }

    @Test
    void a_folder_that_cannot_be_made_is_told() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        CompileException fault =
                assertThrows(CompileException.class, () -> DigitPictures.write(file.resolve("digits"), 1, 1));
        assertEquals(Code.FILE_WRITE, fault.code());
    }
}
