package dev.sinter.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.cli.CommandRun;
import dev.sinter.cli.SampleFiles;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFaultsTest {
    @TempDir
    Path folder;

    private Path picture;

    @BeforeEach
    void makePicture() throws IOException {
        picture = SampleFiles.picture(folder.resolve("red.png"), 40, 20, Color.RED);
    }

    private static CommandRun run(Object... more) {
        Object[] fixed = {"run", "zoo:lenet5", "--device", "jvm"};
        return CommandRun.of(Stream.of(fixed, more).flatMap(Arrays::stream).toArray());
    }

    private CommandRun runOn(Path input) {
        return run("--input", input);
    }

    @Test
    void an_input_that_is_missing_is_told_with_the_nearest_name() {
        runOn(folder.resolve("rod.png")).isWrongUse("FILE-001", "rod.png", "did you mean red.png?");
    }

    @Test
    void a_model_that_is_not_onnx_is_told() throws IOException {
        Path model = Files.writeString(folder.resolve("model.onnx"), "this is a text about networks\n");
        CommandRun.of("run", model, "--input", picture).isWrongUse("ONNX-001", "model.onnx", "not ONNX");
    }

    @Test
    void a_device_that_is_missing_is_answered_with_those_there_are() {
        CommandRun.of("run", "zoo:lenet5", "--input", picture, "--device", "quantum")
                .isWrongUse("DEV-001", "quantum", "jvm:0");
    }

    @Test
    void an_id_beyond_the_devices_of_a_backend_is_told() {
        CommandRun.of("run", "zoo:lenet5", "--input", picture, "--device", "jvm:9")
                .isWrongUse("DEV-001", "jvm:9", "jvm:0");
    }

    @Test
    void an_array_of_another_shape_is_told_with_both_shapes() throws IOException {
        Path array = SampleFiles.npy(folder.resolve("a.npy"), "(1, 1, 27, 28)", 27 * 28);
        runOn(array).isWrongUse("INPUT-002", "f32[1,1,27,28]", "[N,1,28,28]", "[1,28,28]");
    }

    @Test
    void an_array_with_channels_last_is_answered_with_the_option_for_it() throws IOException {
        Path array = SampleFiles.npy(folder.resolve("a.npy"), "(2, 28, 28, 1)", 2 * 28 * 28);
        runOn(array).isWrongUse("INPUT-002", "--layout NHWC");
    }

    @Test
    void fractions_for_a_network_that_takes_integers_are_told() throws IOException {
        Path model = Files.writeString(folder.resolve("integers.sir"), """
            sinter.graph 1
            graph integers {
              %x: i32[1,2] = input
              %y: i32[1,2] = add(%x, %x)
              return %y
            }
            """);
        Path array = SampleFiles.npy(folder.resolve("a.npy"), "(1, 2)", 2);
        CommandRun.of("run", model, "--input", array, "--device", "jvm")
                .isWrongUse("INPUT-003", "holds f32", "takes i32", "astype('int32')");
    }

    @Test
    void a_fraction_that_is_none_is_told() {
        run("--input", picture, "--scale", "1/x").isWrongUse("OPT-001", "--scale", "'1/x'", "1/255");
        run("--input", picture, "--scale", "1/0").isWrongUse("OPT-001", "'1/0'");
        run("--input", picture, "--mean", "1,,2").isWrongUse("OPT-001", "--mean");
    }

    @Test
    void as_many_means_as_channels_are_demanded() {
        run("--input", picture, "--mean", "1,2,3").isWrongUse("OPT-001", "--mean", "3 numbers", "1 channel");
    }

    @Test
    void a_deviation_of_zero_is_told() {
        run("--input", picture, "--std", "0").isWrongUse("OPT-001", "--std");
    }

    @Test
    void an_array_whose_header_is_damaged_is_told() throws IOException {
        Path array = SampleFiles.npy(folder.resolve("a.npy"), "{'descr': '<f4', 'shape': (1, 2), }", new byte[8]);
        runOn(array).isWrongUse("INPUT-004", "a.npy", "fortran_order");
    }

    @Test
    void an_array_in_fortran_order_is_told_with_what_to_do() throws IOException {
        Path array = SampleFiles.npy(
                folder.resolve("a.npy"), "{'descr': '<f4', 'fortran_order': True, 'shape': (1, 2), }", new byte[8]);
        runOn(array).isWrongUse("INPUT-004", "Fortran order", "ascontiguousarray");
    }

    @Test
    void an_array_that_is_cut_off_is_told() throws IOException {
        Path array = SampleFiles.npy(folder.resolve("a.npy"), "(1, 1, 28, 28)", 100);
        runOn(array).isWrongUse("INPUT-004", "400 bytes", "3136", "cut off");
    }

    @Test
    void a_folder_without_pictures_is_told() throws IOException {
        runOn(Files.createDirectory(folder.resolve("none"))).isWrongUse("INPUT-004", "empty folder");
        Path texts = Files.createDirectory(folder.resolve("texts"));
        Files.writeString(texts.resolve("a.txt"), "text");
        runOn(texts).isWrongUse("INPUT-004", "folder without pictures", ".png");
    }

    @Test
    void an_idx_file_of_another_kind_is_told() throws IOException {
        Path file = Files.write(folder.resolve("bad-idx3-ubyte"), new byte[] {0x12, 0x34, 0x56, 0x78, 0, 0});
        runOn(file).isWrongUse("INPUT-004", "0x12345678", "0x00000803");
    }

    @Test
    void an_idx_file_that_is_cut_off_is_told_gzipped_or_not() throws IOException {
        Path whole = SampleFiles.idxImages(folder.resolve("a-idx3-ubyte"), 5, 28, 28);
        byte[] plain = Files.readAllBytes(whole);
        Files.write(whole, Arrays.copyOf(plain, plain.length - 1));
        runOn(whole).isWrongUse("INPUT-004", "3919 bytes", "3920");

        Path zipped = SampleFiles.idxImages(folder.resolve("b-idx3-ubyte.gz"), 5, 28, 28);
        byte[] bytes = Files.readAllBytes(zipped);
        Files.write(zipped, Arrays.copyOf(bytes, bytes.length / 2));
        runOn(zipped).isWrongUse("INPUT-004", "ends too early");
    }

    @Test
    void a_file_of_no_known_kind_is_told_with_the_kinds_there_are() throws IOException {
        Path file = Files.writeString(folder.resolve("data.xyz"), "some data");
        runOn(file).isWrongUse("INPUT-004", "data.xyz", ".npy");
    }

    @Test
    void labels_that_are_too_few_are_told() throws IOException {
        Path names = Files.writeString(folder.resolve("names.txt"), "one\ntwo\n");
        run("--input", picture, "--labels", names).isWrongUse("INPUT-004", "2 class names", "10 classes");
        Path truth = SampleFiles.idxLabels(folder.resolve("labels-idx1-ubyte"), 1, 2);
        run("--input", picture, "--labels", truth).isWrongUse("INPUT-004", "2 samples", "there are 1");
    }

    @Test
    void images_in_place_of_labels_are_told() throws IOException {
        Path images = SampleFiles.idxImages(folder.resolve("a-idx3-ubyte"), 1, 28, 28);
        run("--input", picture, "--labels", images).isWrongUse("INPUT-004", "is this the file with the images?");
    }

    @Test
    void labels_for_a_network_that_is_no_classifier_are_told() throws IOException {
        Path names = Files.writeString(folder.resolve("names.txt"), "one\ntwo\n");
        CommandRun.of("run", "zoo:encoder-decoder", "--input", picture, "--labels", names, "--device", "jvm")
                .isWrongUse("OPT-001", "--labels", "[N,classes]");
    }

    @Test
    void a_picture_smaller_than_what_is_cut_from_it_fails() {
        CommandRun run = run("--input", picture, "--crop", 100);
        assertEquals(1, run.exitCode(), run::toString);
        assertTrue(run.err().contains("40x20 pixels"), run::toString);
    }

    @Test
    void an_input_that_the_network_does_not_have_is_told() {
        run("--input", "picture=" + picture).isWrongUse("INPUT-001", "'picture'", "image");
    }

    @Test
    void where_a_folder_is_a_file_nothing_is_begun() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        run("--input", picture, "--save-outputs", file).isWrongUse("FILE-003", "is a file");
        run("--input", picture, "--out", file.resolve("a.csv")).isWrongUse("FILE-003", "is not a folder");
        run("--input", picture, "--report", folder).isWrongUse("FILE-003", "is a folder");
        run("--input", picture, "--trace", folder.resolve("none/t.json")).isWrongUse("FILE-003", "there is no folder");
    }

    @Test
    void a_device_that_fails_is_told_without_a_stack_trace_and_leaves_no_files() throws IOException {
        Path results = folder.resolve("results");
        CommandRun run = CommandRun.of(
                "run", "zoo:lenet5", "--input", picture, "--device", "faulty:failing", "--save-outputs", results);
        assertEquals(1, run.exitCode(), run::toString);
        assertTrue(run.err().contains("DEV-004 faulty:failing"), run::toString);
        assertFalse(run.err().contains("\tat "), run::toString);
        try (Stream<Path> left = Files.list(results)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void a_fault_of_sinter_itself_says_so_and_shows_where_only_when_asked() {
        CommandRun run = CommandRun.of("run", "zoo:lenet5", "--input", picture, "--device", "faulty:crashing");
        assertEquals(1, run.exitCode(), run::toString);
        assertTrue(run.err().contains("A fault of Sinter itself: IllegalStateException: no such thing"), run::toString);
        assertTrue(run.err().contains("please report it"), run::toString);
        assertFalse(run.err().contains("\tat "), run::toString);
        CommandRun traced =
                CommandRun.of("run", "zoo:lenet5", "--input", picture, "--device", "faulty:crashing", "--stacktrace");
        assertTrue(traced.err().contains("\tat "), traced::toString);
    }
}
