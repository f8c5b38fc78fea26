package dev.sinter.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.Shape;
import dev.sinter.training.SampleFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxDatasetTest {
    private static final List<String> CLASSES = List.of("zero", "one", "two");

    @TempDir
    Path folder;

    private CompileException fault(Path images, Path labels) {
        return assertThrows(CompileException.class, () -> IdxDataset.read(images, labels, CLASSES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".gz"})
    void images_and_labels_are_paired(String ending) throws Exception {
        Dataset data = IdxDataset.read(
                SampleFiles.idxImages(folder.resolve("images" + ending), 3, 2, 4),
                SampleFiles.idxLabels(folder.resolve("labels" + ending), 2, 0, 1),
                CLASSES);
        assertEquals(3, data.size());
        assertEquals(Shape.of(1, 2, 4), data.shape());
        assertEquals(2, data.label(0));
        assertEquals(CLASSES, data.classes());
        assertArrayEquals(new float[] {2, 2, 2, 2, 2, 2, 2, 2}, data.example(2));
    }

    @Test
    void coloured_images_become_planes() throws Exception {
        Dataset data = IdxDataset.read(
                SampleFiles.idx(folder.resolve("images"), new byte[] {1, 2, 3, 4, 5, (byte) 255}, 1, 1, 2, 3),
                SampleFiles.idxLabels(folder.resolve("labels"), 0),
                CLASSES);
        assertEquals(Shape.of(3, 1, 2), data.shape());
        assertArrayEquals(new float[] {1, 4, 2, 5, 3, 255}, data.example(0));
    }

    @Test
    void other_counts_of_images_and_labels_are_told() throws Exception {
        Path images = SampleFiles.idxImages(folder.resolve("images"), 3, 2, 2);
        Path labels = SampleFiles.idxLabels(folder.resolve("labels"), 0, 1);
        CompileException fault = fault(images, labels);
        assertEquals(labels.toString(), fault.where());
        assertEquals("holds 2 labels but " + images + " holds 3 images", fault.fact());
    }

    @Test
    void a_label_without_a_class_is_told() throws Exception {
        Path labels = SampleFiles.idxLabels(folder.resolve("labels"), 0, 7);
        CompileException fault = fault(SampleFiles.idxImages(folder.resolve("images"), 2, 2, 2), labels);
        assertEquals(labels.toString(), fault.where());
        assertEquals("label 1 is 7 but the 3 classes are 0 to 2", fault.fact());
    }

    @Test
    void files_in_each_other_s_place_are_told() throws Exception {
        Path images = SampleFiles.idxImages(folder.resolve("images"), 2, 2, 2);
        Path labels = SampleFiles.idxLabels(folder.resolve("labels"), 0, 1);
        assertEquals("is this the file with the labels?", fault(labels, images).hint());
        assertEquals("is this the file with the images?", fault(images, images).hint());
    }

    @Test
    void a_file_that_is_cut_off_is_told() throws Exception {
        Path images = SampleFiles.idxImages(folder.resolve("images"), 2, 2, 2);
        Files.write(images, Arrays.copyOf(Files.readAllBytes(images), 20));
        CompileException fault = fault(images, SampleFiles.idxLabels(folder.resolve("labels"), 0, 1));
        assertEquals(images.toString(), fault.where());
        assertTrue(fault.fact().startsWith("ends after 4 bytes of data but "), fault.fact());
        assertTrue(fault.fact().endsWith(" has 8"), fault.fact());
    }

    @Test
    void a_file_of_another_kind_is_told() throws Exception {
        Path images = Files.write(folder.resolve("images"), new byte[] {1, 2, 3, 4, 5});
        CompileException fault = fault(images, SampleFiles.idxLabels(folder.resolve("labels"), 0, 1));
        assertEquals(images.toString(), fault.where());
        assertTrue(fault.fact().startsWith("begins with the number 0x01020304 but an IDX file"), fault.fact());
    }

    @Test
    void a_missing_file_is_told() throws Exception {
        Path images = folder.resolve("images");
        CompileException fault = fault(images, SampleFiles.idxLabels(folder.resolve("labels"), 0, 1));
        assertEquals(images.toString(), fault.where());
        assertTrue(fault.fact().endsWith("there is no such file"), fault.fact());
    }

    @Test
    void images_that_are_none_are_told() throws Exception {
        Path images = SampleFiles.idxImages(folder.resolve("images"), 0, 2, 2);
        CompileException fault = fault(images, SampleFiles.idxLabels(folder.resolve("labels")));
        assertTrue(fault.fact().endsWith("but at least one image of one pixel is needed"), fault.fact());
    }
}
