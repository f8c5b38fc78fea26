package dev.sinter.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.Shape;
import dev.sinter.training.SampleFiles;
import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFolderDatasetTest {
    private static final Shape COLOURED = Shape.of(3, 2, 2);

    @TempDir
    Path folder;

    @BeforeEach
    void two_classes() throws Exception {
        SampleFiles.picture(folder.resolve("dogs/rex.png"), 5, 3, new Color(10, 20, 30));
        SampleFiles.picture(folder.resolve("cats/tom.png"), 2, 2, Color.WHITE);
        SampleFiles.picture(folder.resolve("cats/felix.jpg"), 8, 8, Color.BLACK);
    }

    private PictureFolderDataset read() {
        return PictureFolderDataset.read(folder, COLOURED);
    }

    private CompileException fault() {
        return assertThrows(CompileException.class, this::read);
    }

    private void remove(String... names) throws Exception {
        for (String name : names) {
            Files.delete(folder.resolve(name));
        }
    }

    @Test
    void classes_are_the_folders_by_name() {
        Dataset data = read();
        assertEquals(List.of("cats", "dogs"), data.classes());
        assertEquals(3, data.size());
        assertEquals(0, data.label(0));
        assertEquals(0, data.label(1));
        assertEquals(1, data.label(2));
    }

    @Test
    void pictures_are_resized_and_lie_in_planes() {
        Dataset data = read();
        assertEquals(COLOURED, data.shape());
        assertArrayEquals(new float[] {10, 10, 10, 10, 20, 20, 20, 20, 30, 30, 30, 30}, data.example(2));
    }

    @Test
    void pictures_become_grey_for_one_channel() {
        Dataset data = PictureFolderDataset.read(folder, Shape.of(1, 1, 1));
        assertArrayEquals(new float[] {255}, data.example(1));
        assertArrayEquals(new float[] {18}, data.example(2));
    }

    @Test
    void a_picture_that_cannot_be_read_is_left_out_and_named() throws Exception {
        Path damaged = Files.writeString(folder.resolve("dogs/damaged.png"), "no picture");
        PictureFolderDataset data = read();
        assertEquals(3, data.size());
        assertEquals(1, data.complaints().size());
        assertEquals(damaged.toString(), data.complaints().getFirst().where());
    }

    @Test
    void other_files_and_hidden_folders_are_no_classes() throws Exception {
        Files.createDirectory(folder.resolve(".thumbnails"));
        Files.writeString(folder.resolve("readme.txt"), "cats and dogs");
        Files.writeString(folder.resolve("cats/readme.txt"), "cats");
        assertEquals(List.of("cats", "dogs"), read().classes());
    }

    @Test
    void a_class_of_which_no_picture_can_be_read_is_told() throws Exception {
        Files.writeString(folder.resolve("dogs/rex.png"), "no picture");
        CompileException fault = fault();
        assertEquals(folder.resolve("dogs").toString(), fault.where());
        assertEquals("none of the pictures in it (1) can be read but each class needs at least one", fault.fact());
        assertTrue(fault.hint().contains("rex.png"), fault.hint());
    }

    @Test
    void a_class_without_pictures_is_told() throws Exception {
        remove("dogs/rex.png");
        CompileException fault = fault();
        assertEquals(folder.resolve("dogs").toString(), fault.where());
        assertEquals("has no pictures but each class needs at least one", fault.fact());
    }

    @Test
    void one_class_is_told() throws Exception {
        remove("dogs/rex.png", "dogs");
        assertEquals("has the folder of one class, cats, but at least 2 classes are needed", fault().fact());
    }

    @Test
    void an_empty_folder_is_told() throws Exception {
        remove("dogs/rex.png", "dogs", "cats/tom.png", "cats/felix.jpg", "cats");
        assertEquals("is an empty folder but at least 2 classes are needed", fault().fact());
        Files.writeString(folder.resolve("readme.txt"), "cats and dogs");
        assertEquals("has no folders in it but at least 2 classes are needed", fault().fact());
    }

    @Test
    void a_missing_folder_is_told() {
        Path missing = folder.resolve("birds");
        CompileException fault =
                assertThrows(CompileException.class, () -> PictureFolderDataset.read(missing, COLOURED));
        assertEquals(Code.FILE_MISSING, fault.code());
        assertEquals(missing.toString(), fault.where());
    }

    @Test
    void a_file_in_the_folder_s_place_is_told() {
        Path file = folder.resolve("dogs/rex.png");
        CompileException fault = assertThrows(CompileException.class, () -> PictureFolderDataset.read(file, COLOURED));
        assertEquals("is a file but a folder of pictures is expected", fault.fact());
    }
}
