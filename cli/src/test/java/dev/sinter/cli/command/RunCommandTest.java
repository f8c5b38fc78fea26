package dev.sinter.cli.command;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sinter.cli.CommandRun;
import dev.sinter.cli.SampleFiles;
import dev.sinter.cli.file.NpyReader;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
    @TempDir
    Path folder;

    private static JsonNode json(Path file) throws Exception {
        return new ObjectMapper().readTree(file.toFile());
    }

    /// A network that yields what it gets.
    private Path identity(String shape) throws Exception {
        return Files.writeString(folder.resolve("identity.sir"), """
            sinter.graph 1
            graph identity {
              %x: f32S = input
              %y: f32S = relu(%x)
              return %y
            }
            """.replace("S", shape));
    }

    private Tensor outputOf(Path model, Object... more) throws Exception {
        Path results = folder.resolve("results");
        Object[] fixed = {"run", model, "--device", "jvm", "--top", 0, "--save-outputs", results};
        Object[] all = Stream.of(fixed, more).flatMap(Arrays::stream).toArray();
        CommandRun.of(all).fine();
        return NpyReader.read(results.resolve("y.npy"));
    }

    @Test
    void the_best_classes_of_each_picture_are_printed() throws Exception {
        Path picture = SampleFiles.picture(folder.resolve("red.png"), 40, 20, Color.RED);
        String out = CommandRun.of("run", "zoo:lenet5", "--input", picture, "--device", "jvm", "--top", 3)
                .fine()
                .out();
        assertTrue(out.contains("red.png"), out);
        assertEquals(4, out.lines().count(), out);
    }

    @Test
    void the_device_is_told_and_why_it_was_chosen() throws Exception {
        Path picture = SampleFiles.picture(folder.resolve("red.png"), 40, 20, Color.RED);
        String err = CommandRun.of("run", "zoo:lenet5", "--input", picture, "--device", "jvm")
                .fine()
                .err();
        assertTrue(err.startsWith("device: jvm:0 ("), err);
        assertTrue(err.contains("which was asked for"), err);
        assertTrue(err.contains("1 input in "), err);
    }

    @Test
    void a_quiet_run_prints_results_only() throws Exception {
        Path picture = SampleFiles.picture(folder.resolve("red.png"), 40, 20, Color.RED);
        CommandRun run = CommandRun.of("run", "zoo:lenet5", "-q", "--input", picture, "--device", "jvm")
                .fine();
        assertEquals("", run.err());
        assertFalse(run.out().isEmpty());
    }

    @Test
    void numbers_are_scaled_then_shifted_then_divided() throws Exception {
        Path array = SampleFiles.npy(folder.resolve("a.npy"), "(1, 4)", 4);
        Tensor output =
                outputOf(identity("[1,4]"), "--input", array, "--scale", "1/2", "--mean", "0.5", "--std", "1/4");
        assertEquals(List.of(0.0, 0.0, 2.0, 4.0), List.of(output.get(0), output.get(1), output.get(2), output.get(3)));
    }

    @Test
    void mean_and_deviation_are_per_channel_in_the_order_of_the_network() throws Exception {
        Path picture = SampleFiles.picture(folder.resolve("orange.png"), 2, 2, new Color(200, 100, 50));
        Tensor output = outputOf(
                identity("[1,3,2,2]"), "--input", picture, "--order", "BGR", "--mean", "10,20,30", "--std", "1,2,10");
        assertEquals(List.of(40.0, 40.0, 17.0), List.of(output.get(0), output.get(4), output.get(8)));
    }

    @Test
    void a_network_may_take_channels_last() throws Exception {
        Path picture = SampleFiles.picture(folder.resolve("orange.png"), 2, 2, new Color(200, 100, 50));
        Tensor output = outputOf(identity("[1,2,2,3]"), "--input", picture);
        assertEquals(List.of(200.0, 100.0, 50.0), List.of(output.get(0), output.get(1), output.get(2)));
    }

    @Test
    void arrays_with_channels_last_are_turned_for_a_network_that_takes_them_first() throws Exception {
        Path array = SampleFiles.npy(folder.resolve("a.npy"), "(1, 2, 2, 3)", 12);
        Tensor output = outputOf(identity("[1,3,2,2]"), "--input", array, "--layout", "NHWC");
        assertEquals(
                List.of(0.0, 3.0, 6.0, 9.0, 1.0),
                List.of(output.get(0), output.get(1), output.get(2), output.get(3), output.get(4)));
    }

    @Test
    void a_last_batch_that_is_not_full_gives_only_its_rows() throws Exception {
        Path array = SampleFiles.npy(folder.resolve("a.npy"), "(5, 4)", 20);
        Tensor output = outputOf(identity("[2,4]"), "--input", array);
        assertEquals(Shape.of(5, 4), output.shape());
        assertEquals(19.0, output.get(19));
    }

    @Test
    void images_of_an_idx_file_are_rows_of_numbers_to_a_network_without_pictures() throws Exception {
        Path images = SampleFiles.idxImages(folder.resolve("few-idx3-ubyte.gz"), 3, 2, 2);
        Tensor output = outputOf(identity("[1,4]"), "--input", images);
        assertEquals(Shape.of(3, 4), output.shape());
        assertEquals(2.0, output.get(11));
    }

    @Test
    void a_network_that_is_no_classifier_gets_a_summary() throws Exception {
        Path array = SampleFiles.npy(folder.resolve("a.npy"), "(1, 2, 2)", 4);
        String out = CommandRun.of("run", identity("[1,2,2]"), "--input", array, "--device", "jvm")
                .fine()
                .out();
        assertTrue(out.contains("f32[1,2,2]"), out);
        assertTrue(out.contains("3.00000"), out);
        assertTrue(out.contains("1.50000"), out);
    }

    @Test
    void accuracy_follows_from_the_classes_of_the_samples() throws Exception {
        Path array = SampleFiles.npy(folder.resolve("a.npy"), "(3, 4)", 12);
        Path labels = SampleFiles.idxLabels(folder.resolve("labels-idx1-ubyte"), 3, 0, 3);
        Path report = folder.resolve("report.json");
        String out = CommandRun.of(
                        "run",
                        identity("[1,4]"),
                        "--input",
                        array,
                        "--labels",
                        labels,
                        "--device",
                        "jvm",
                        "--report",
                        report)
                .fine()
                .out();
        assertTrue(out.contains("2 of 3 correct (66.67 %)"), out);
        assertEquals(2, json(report).get("correct").asInt());
    }

    @Test
    void the_report_has_device_times_and_kernels() throws Exception {
        Path picture = SampleFiles.picture(folder.resolve("red.png"), 40, 20, Color.RED);
        Path file = folder.resolve("report.json");
        CommandRun.of("run", "zoo:lenet5", "--input", picture, "--device", "jvm", "--report", file)
                .fine();
        JsonNode report = json(file);
        assertAll(
                () -> assertEquals("zoo:lenet5", report.get("model").asText()),
                () -> assertEquals("jvm:0", report.get("device").asText()),
                () -> assertTrue(report.get("whyChosen").asText().contains("asked for")),
                () -> assertEquals(1, report.get("images").asInt()),
                () -> assertTrue(report.get("compileSeconds").asDouble() > 0),
                () -> assertTrue(report.get("runSeconds").asDouble() > 0),
                () -> assertTrue(report.get("imagesPerSecond").asDouble() > 0),
                () -> assertFalse(report.has("correct"), "without ground truth there is nothing to be right about"),
                () -> assertEquals(
                        "conv1",
                        report.get("kernels").get(0).get("nodes").get(0).asText()));
    }

    @Test
    void predictions_go_to_csv_with_names_quoted_where_needed() throws Exception {
        Path array = SampleFiles.npy(folder.resolve("a.npy"), "(1, 2)", 2);
        Path names = Files.writeString(folder.resolve("names.txt"), "cat\ndog, large\n\n");
        Path file = folder.resolve("predictions.csv");
        CommandRun.of(
                        "run",
                        identity("[1,2]"),
                        "--input",
                        array,
                        "--labels",
                        names,
                        "--device",
                        "jvm",
                        "--top",
                        2,
                        "--out",
                        file)
                .fine();
        assertEquals("""
            input,rank,class,label,score,truth
            a.npy,1,1,"dog, large",1.0,
            a.npy,2,0,cat,0.0,
            """, Files.readString(file));
    }

    @Test
    void predictions_go_to_json() throws Exception {
        Path array = SampleFiles.npy(folder.resolve("a.npy"), "(2, 2)", 4);
        Path file = folder.resolve("predictions.json");
        CommandRun.of("run", identity("[1,2]"), "--input", array, "--device", "jvm", "--out", file)
                .fine();
        JsonNode second = json(file).get(1);
        assertEquals("a.npy[1]", second.get("input").asText());
        assertEquals(1, second.get("classes").get(0).get("index").asInt());
    }

    @Test
    void inputs_are_told_apart_by_name_and_one_is_repeated_for_many() throws Exception {
        Path model = Files.writeString(folder.resolve("sum.sir"), """
            sinter.graph 1
            graph sum {
              %a: f32[1,2] = input
              %b: f32[1,2] = input
              %y: f32[1,2] = add(%a, %b)
              return %y
            }
            """);
        Path many = SampleFiles.npy(folder.resolve("many.npy"), "(3, 2)", 6);
        Path one = SampleFiles.npy(folder.resolve("one.npy"), "(1, 2)", 2);
        Tensor output = outputOf(model, "--input", "a=" + many, "--input", "b=" + one);
        assertEquals(Shape.of(3, 2), output.shape());
        assertEquals(6.0, output.get(5));
    }

    @Test
    void a_picture_that_cannot_be_read_is_told_and_the_others_are_run() throws Exception {
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        SampleFiles.picture(pictures.resolve("a.png"), 8, 8, Color.RED);
        Files.writeString(pictures.resolve("b.jpg"), "no picture at all");
        byte[] whole = Files.readAllBytes(SampleFiles.picture(folder.resolve("whole.png"), 64, 64, Color.BLUE));
        Files.write(pictures.resolve("c.png"), Arrays.copyOf(whole, whole.length / 2));
        SampleFiles.picture(pictures.resolve("d.bmp"), 8, 8, Color.GREEN);
        CommandRun run = CommandRun.of("run", "zoo:lenet5", "--input", pictures, "--device", "jvm", "--top", 1);
        assertAll(
                () -> assertEquals(1, run.exitCode(), run::toString),
                () -> assertTrue(run.out().contains("a.png"), run::toString),
                () -> assertTrue(run.out().contains("d.bmp"), run::toString),
                () -> assertTrue(run.err().contains("b.jpg: is not a picture"), run::toString),
                () -> assertTrue(run.err().contains("c.png"), run::toString),
                () -> assertTrue(run.err().contains("2 inputs could not be read"), run::toString));
    }

    @Test
    void comparing_with_the_oracle_passes_a_sound_device() throws Exception {
        Path picture = SampleFiles.picture(folder.resolve("red.png"), 40, 20, Color.RED);
        String out = CommandRun.of("run", "zoo:lenet5", "--input", picture, "--device", "jvm", "--compare")
                .fine()
                .out();
        assertTrue(out.contains("agrees with the oracle, for the first 1 input"), out);
    }

    @Test
    void comparing_with_the_oracle_names_the_first_wrong_layer() throws Exception {
        Path picture = SampleFiles.picture(folder.resolve("red.png"), 40, 20, Color.RED);
        CommandRun run =
                CommandRun.of("run", "zoo:lenet5", "--input", picture, "--device", "faulty:wrong", "--compare");
        assertEquals(1, run.exitCode());
        assertTrue(run.out().contains("differs from the oracle"), run.out());
        assertTrue(run.out().contains(": pool1: [0,5,13,13]"), run.out());
    }

    @Test
    void the_trace_is_one_that_chrome_shows() throws Exception {
        Path picture = SampleFiles.picture(folder.resolve("red.png"), 40, 20, Color.RED);
        Path file = folder.resolve("trace.json");
        CommandRun.of("run", "zoo:lenet5", "--input", picture, "--device", "jvm", "--trace", file)
                .fine();
        JsonNode events = json(file).get("traceEvents");
        assertTrue(events.size() > 0);
        events.forEach(event -> assertTrue(event.has("ts") && event.has("ph") && event.has("pid"), event::toString));
    }
}
