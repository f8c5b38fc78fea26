package dev.sinter.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sinter.cli.CommandRun;
import dev.sinter.cli.SampleFiles;
import dev.sinter.frontend.Model;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantizeCommandTest {
    private static final String MODEL = "../samples/digits.onnx";

    @TempDir
    Path folder;

    private CommandRun quantize(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("quantize"));
        all.addAll(List.of(arguments));
        if (!all.contains("--out")) {
            all.addAll(List.of("--out", out()));
        }
        all.addAll(List.of("--device", "jvm"));
        return CommandRun.of(all.toArray());
    }

    private Path out() {
        return folder.resolve("int8.onnx");
    }

    private void leavesNothing() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.toString().contains("onnx")).toList());
        }
    }

    private JsonNode json(Object... arguments) throws IOException {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        return new ObjectMapper().readTree(quantize(all.toArray()).fine().out());
    }

    @Test
    void digits_are_read_as_before_by_a_file_of_a_third_the_size() throws IOException {
        JsonNode report = json(MODEL, "--data", "digits:200", "--samples", 50);
        assertEquals(50, report.get("samples").asInt());
        assertEquals(200, report.get("tested").asInt());
        assertTrue(
                report.get("accuracyAfter").asDouble()
                        >= report.get("accuracyBefore").asDouble() - 0.01,
                report::toString);
        assertEquals(Files.size(out()), report.get("bytesAfter").asLong());
        assertEquals(Files.size(Path.of(MODEL)), report.get("bytesBefore").asLong());
        assertTrue(report.get("bytesAfter").asLong() * 3
                < report.get("bytesBefore").asLong());
        assertEquals("min-max", report.get("calibration").asText());
        assertFalse(report.has("advice"), report::toString);
        JsonNode first = report.get("layers").get(0);
        assertEquals("conv1", first.get("name").asText());
        assertEquals("conv+relu", first.get("operator").asText());
        assertEquals("int8", first.get("computes").asText());
        assertEquals("u8", first.get("element").asText());
        assertTrue(first.get("decibels").asDouble() > 30, report::toString);
        assertTrue(first.get("ownDecibels").asDouble() > first.get("decibels").asDouble(), report::toString);
        String run = CommandRun.of("run", out(), "--input", "../samples/digits", "--top", 1, "--device", "jvm")
                .fine()
                .out();
        assertTrue(run.contains("digit-7-01.png  7 "), run);
    }

    @Test
    void the_report_for_people_has_layers_accuracy_and_size() {
        String out = quantize(MODEL, "--data", "digits:100").fine().out();
        assertTrue(out.startsWith("LAYER"), out);
        assertTrue(out.contains("gemm+relu"), out);
        assertTrue(out.contains(" after, of 100 samples"), out);
        assertTrue(out.contains("size: "), out);
        assertTrue(out.contains("wrote " + out()), out);
    }

    @Test
    void a_layer_that_is_kept_stays_in_float32() throws IOException {
        JsonNode layers = json(MODEL, "--data", "digits:20", "--keep", "conv1", "--keep", "dense3")
                .get("layers");
        for (JsonNode layer : layers) {
            String name = layer.get("name").asText();
            if (name.equals("conv1") || name.equals("dense3")) {
                assertEquals("float32", layer.get("computes").asText(), name);
            }
            if (name.equals("conv2")) {
                assertEquals("int8", layer.get("computes").asText(), name);
            }
        }
    }

    @Test
    void options_are_in_the_report() throws IOException {
        JsonNode report = json(
                MODEL,
                "--data",
                "digits:20",
                "--calibration",
                "percentile:99.5",
                "--activations",
                "int8",
                "--weights",
                "tensor",
                "--no-bias-correction");
        assertEquals("percentile:99.5", report.get("calibration").asText());
        assertEquals("int8", report.get("activations").asText());
        assertEquals("tensor", report.get("weights").asText());
        assertFalse(report.get("biasCorrection").asBoolean());
        assertEquals("i8", report.get("layers").get(0).get("element").asText());
        assertTrue(report.get("layers").get(0).get("clipped").asDouble() > 0, "half a percent of numbers is left out");
    }

    /// Folders are classes, in the order of their names.
    @Test
    void pictures_in_folders_of_classes_tell_the_accuracy() throws IOException {
        for (int digit = 0; digit < 10; digit++) {
            Path own = Files.createDirectories(folder.resolve("data/" + digit));
            Files.copy(Path.of("../samples/digits/digit-" + digit + "-01.png"), own.resolve("a.png"));
            Files.copy(Path.of("../samples/digits/digit-" + digit + "-02.png"), own.resolve("b.png"));
        }
        JsonNode report = json(MODEL, "--data", folder.resolve("data"));
        assertEquals(20, report.get("tested").asInt());
        assertEquals(1.0, report.get("accuracyBefore").asDouble());
        assertEquals(1.0, report.get("accuracyAfter").asDouble());
    }

    @Test
    void idx_files_with_labels_tell_the_accuracy() throws IOException {
        Path images = SampleFiles.idxImages(folder.resolve("t-images-idx3-ubyte"), 4, 28, 28);
        Path labels = SampleFiles.idxLabels(folder.resolve("t-labels-idx1-ubyte"), 1, 2, 3, 4);
        assertEquals(
                4,
                json(MODEL, "--data", images, "--labels", labels).get("tested").asInt());
        assertEquals(4, json(MODEL, "--data", folder).get("tested").asInt());
    }

    @Test
    void idx_files_without_labels_are_measured_on_but_tell_no_accuracy() throws IOException {
        SampleFiles.idxImages(folder.resolve("t-images-idx3-ubyte"), 4, 28, 28);
        JsonNode report = json(MODEL, "--data", folder);
        assertEquals(4, report.get("samples").asInt());
        assertFalse(report.has("tested"), report::toString);
        assertFalse(report.has("accuracyBefore"), report::toString);
        assertEquals(
                30,
                json(MODEL, "--data", folder, "--test", "digits:30")
                        .get("tested")
                        .asInt());
        Files.delete(out());
        quantize(MODEL, "--data", "digits:20", "--test", folder).isWrongUse("OPT-001", "--test", "classes", "--labels");
        leavesNothing();
    }

    @Test
    void accuracy_can_be_measured_on_other_data() throws IOException {
        JsonNode report = json(MODEL, "--data", "../samples/digits", "--test", "digits:30");
        assertEquals(40, report.get("samples").asInt());
        assertEquals(30, report.get("tested").asInt());
    }

    @Test
    void a_large_loss_names_the_layer_to_keep() throws IOException {
        Path grey = SampleFiles.picture(folder.resolve("grey.png"), 28, 28, Color.BLACK);
        JsonNode report = json(MODEL, "--data", grey, "--test", "digits:100");
        assertTrue(report.get("accuracyAfter").asDouble() < 0.9, report::toString);
        String advice = report.get("advice").asText();
        assertTrue(advice.contains("accuracy fell by "), advice);
        assertTrue(advice.contains("--keep "), advice);
    }

    @Test
    void a_node_to_keep_that_is_not_there_is_answered_with_the_nearest() throws IOException {
        quantize(MODEL, "--data", "digits:20", "--keep", "cnov1").isWrongUse("OPT-001", "cnov1", "did you mean conv1");
        leavesNothing();
    }

    @Test
    void wrong_uses_are_told_and_leave_nothing() throws IOException {
        quantize(MODEL, "--data", folder.resolve("none")).isWrongUse("FILE-001", "none");
        quantize(MODEL, "--data", folder).isWrongUse("INPUT-004", "empty folder");
        quantize(MODEL, "--data", "digits:20", "--calibration", "mean").isWrongUse("OPT-001", "'mean'", "min-max");
        quantize(MODEL, "--data", "digits:20", "--calibration", "percentile:30").isWrongUse("OPT-001", "30");
        quantize(MODEL, "--data", "digits:20", "--calibration", "percentile:x").isWrongUse("OPT-001", "percentile:x");
        quantize(MODEL, "--data", "digits:20", "--samples", 0).isWrongUse("OPT-001", "--samples", "0");
        quantize(MODEL, "--data", "digits:none").isWrongUse("OPT-001", "none");
        quantize("none.onnx", "--data", "digits:20").isWrongUse("FILE-001", "none.onnx");
        quantize(MODEL).isWrongUse("OPT-001", "--data");
        leavesNothing();
    }

    @Test
    void the_file_to_write_is_onnx_in_a_folder_that_is_there() throws IOException {
        quantize(MODEL, "--data", "digits:20", "--out", folder.resolve("int8.sir"))
                .isWrongUse("OPT-001", "--out", "int8.sir", ".onnx");
        quantize(MODEL, "--data", "digits:20", "--out", folder.resolve("no/int8.onnx"))
                .isWrongUse("FILE-003", "no folder");
        leavesNothing();
    }

    @Test
    void inputs_that_do_not_fit_are_told_by_the_option_they_are_of() throws IOException {
        Path model = folder.resolve("network.sir");
        Files.writeString(model, """
            sinter.graph 1
            graph g {
              %a: f32[1,4] = input
              %b: f32[1,4] = input
              %y = add(%a, %b)
              return %y
            }
            """);
        Path two = SampleFiles.npy(folder.resolve("two.npy"), "(2, 4)", 8);
        Path three = SampleFiles.npy(folder.resolve("three.npy"), "(3, 4)", 12);
        quantize(model, "--data", two).isWrongUse("INPUT-001", "--data " + two + ":", "2 inputs", "--data a=" + two);
        quantize(model, "--data", "a=" + two).isWrongUse("INPUT-001", "b: nothing is fed", "--data b=FILE");
        quantize(model, "--data", "a=" + two, "b=" + three).isWrongUse("INPUT-004", "--data:", "a gets 2, b gets 3");
        quantize(model, "--data", "c=none").isWrongUse("INPUT-001", "--data c=none:", "no input 'c'");
        quantize(model, "--data", "a=" + two, "b=" + two, "--test", two).isWrongUse("INPUT-001", "--test " + two + ":");
        leavesNothing();
    }

    /// As the help says of the option: they are the data of a network of one input.
    @Test
    void digits_and_class_folders_are_given_without_a_name() throws IOException {
        String help = CommandRun.of("quantize", "--help").fine().out().replaceAll("\\s+", " ");
        String told = "or, without a name, a folder with a folder of pictures for each class, a folder with IDX files,"
                + " or digits:COUNT, which are drawn.";
        assertTrue(help.contains(told), help);
        String input = Model.read(Path.of(MODEL)).graph().inputs().getFirst().name();
        quantize(MODEL, "--data", input + "=digits:20").isWrongUse("FILE-001", "digits:20");
        leavesNothing();
    }

    @Test
    void labels_must_fit() throws IOException {
        Path labels = SampleFiles.idxLabels(folder.resolve("labels"), 1, 2, 3);
        quantize(MODEL, "--data", "../samples/digits", "--labels", labels)
                .isWrongUse("INPUT-004", "3 samples", "there are 40");
        leavesNothing();
    }

    @Test
    void data_to_test_on_must_have_classes() throws IOException {
        quantize(MODEL, "--data", "digits:20", "--test", "../samples/digits")
                .isWrongUse("OPT-001", "--test ../samples/digits", "classes", "--labels");
        leavesNothing();
    }

    @Test
    void labels_need_a_classifier() throws IOException {
        Path picture = SampleFiles.picture(folder.resolve("red.png"), 64, 64, Color.RED);
        Path labels = SampleFiles.idxLabels(folder.resolve("labels"), 1);
        quantize("zoo:encoder-decoder", "--data", picture, "--labels", labels)
                .isWrongUse("OPT-001", "--labels", "no classifier");
        leavesNothing();
    }

    @Test
    void a_network_that_is_quantised_is_not_quantised_again() throws IOException {
        quantize(MODEL, "--data", "digits:20").fine();
        Path again = folder.resolve("again.onnx");
        quantize(out(), "--data", "digits:20", "--out", again).isWrongUse("QUANT-001", "quantised already");
        assertFalse(Files.exists(again));
    }

    @Test
    void a_network_without_products_has_nothing_to_quantise() throws IOException {
        Path model = folder.resolve("network.sir");
        Files.writeString(model, """
            sinter.graph 1
            graph g {
              %x: f32[1,1,8,8] = input
              %y = relu(%x)
              return %y
            }
            """);
        quantize(model, "--data", "../samples/digits").isWrongUse("QUANT-001", "no layer to quantise");
        leavesNothing();
    }

    @Test
    void numbers_that_are_not_finite_are_told_with_their_layer() throws IOException {
        Path model = folder.resolve("network.sir");
        Files.writeString(model, """
            sinter.graph 1
            graph g {
              %x: f32[1,1,8,8] = input
              %w: f32[1,1,1,1] = constant [3e38]
              %y = conv(%x, %w) strides=[1,1] pads=[0,0,0,0] dilations=[1,1] groups=1
              return %y
            }
            """);
        quantize(model, "--data", "../samples/digits").isWrongUse("INPUT-004", "y (conv)", "Infinity");
        leavesNothing();
    }

    /// The page's example, but for the last digits, which devices round in their own way.
    @Test
    void the_documents_example_is_what_is_printed() throws IOException {
        String page = Files.readString(Path.of("../docs/quantization.md"));
        List<String> told = page.substring(page.indexOf("LAYER  "), page.indexOf("wrote int8.onnx"))
                .lines()
                .toList();
        List<String> printed =
                quantize(MODEL, "--data", "digits:1000").fine().out().lines().toList();
        assertEquals(told.getFirst(), printed.getFirst());
        for (int line = 0; line < told.size(); line++) {
            String[] words = told.get(line).split("[ ,]+");
            String[] found = printed.get(line).split("[ ,]+");
            assertEquals(words.length, found.length, printed.get(line));
            for (int word = 0; word < words.length; word++) {
                if (words[word].matches("-?[0-9.]+") && !words[word].equals(found[word])) {
                    double number = Double.parseDouble(words[word]);
                    assertEquals(number, Double.parseDouble(found[word]), 0.02 * Math.abs(number), printed.get(line));
                } else if (!words[word].contains("e-")) {
                    assertEquals(words[word], found[word], printed.get(line));
                }
            }
        }
    }

    @Test
    void the_document_names_options_that_there_are() throws IOException {
        String page = Files.readString(Path.of("../docs/quantization.md"));
        String help = CommandRun.of("quantize", "--help").fine().out().replace("--[no-]", "--no-");
        List<String> named = Pattern.compile("--[a-z-]+")
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .distinct()
                .filter(option -> !option.equals("--input"))
                .toList();
        assertTrue(named.size() > 10, named::toString);
        for (String option : named) {
            if (!option.matches("-+")) {
                assertTrue(help.contains(option), option);
            }
        }
    }
}
