package dev.sinter.cli.command;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sinter.cli.CommandRun;
import dev.sinter.cli.SampleFiles;
import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainCommandTest {
    @TempDir
    Path folder;

    private static JsonNode json(String model, Object... more) throws Exception {
        List<Object> arguments = new ArrayList<>(List.of("explain", model, "--json", "--device", "jvm"));
        arguments.addAll(List.of(more));
        return new ObjectMapper()
                .readTree(CommandRun.of(arguments.toArray()).fine().out());
    }

    private static List<Long> fields(JsonNode report) {
        return StreamSupport.stream(report.get("layers").spliterator(), false)
                .filter(layer -> layer.has("field"))
                .map(layer -> layer.get("field").get("size").get(0).asLong())
                .toList();
    }

    private static String page(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("explain"));
        all.addAll(List.of(arguments));
        return CommandRun.of(all.toArray()).fine().out();
    }

    /// Parameters as published: Krizhevsky et al. (2012) as Caffe counts it, Simonyan and Zisserman (2015), He et al.
    /// (2016) as torchvision counts it, LeCun et al. (1998) without the partial connection table. Araujo et al. (2019)
    /// give fields of 195 for AlexNet and 212 for VGG-16.
    @ParameterizedTest
    @CsvSource({
        "lenet5, 61706, 5 6 14 16",
        "alexnet, 60965224, 11 19 51 67 99 131 163 195",
        "vgg16, 138357544, 3 5 6 10 14 16 24 32 40 44 60 76 92 100 132 164 196 212",
        "resnet18, 11689512, 7 11 19 27 35 43 43 51 67 83 99 99 115 147 179 211 211 243 307 371 435"
    })
    void parameters_and_receptive_fields_are_as_published(String network, long parameters, String sizes)
            throws Exception {
        JsonNode report = json("zoo:" + network, "--no-measuring");
        assertEquals(parameters, report.get("parameters").asLong());
        assertEquals(Arrays.stream(sizes.split(" ")).map(Long::valueOf).toList(), fields(report));
    }

    /// Sandler et al. (2018) give 300 million multiply-adds and 3.4 million parameters, torchvision counts 3,504,872
    /// with the last layer's biases. A field grows by two steps of what it lies on with each depthwise convolution.
    @Test
    void mobilenet_is_as_published() throws Exception {
        JsonNode report = json("zoo:mobilenetv2", "--no-measuring");
        assertEquals(3_504_872, report.get("parameters").asLong());
        List<Long> depthwise = fields(report).stream().distinct().toList();
        assertEquals(
                List.of(3, 7, 11, 19, 27, 43, 59, 75, 107, 139, 171, 203, 235, 267, 299, 363, 427, 491),
                depthwise.stream().map(Long::intValue).toList());
        JsonNode inspected = new ObjectMapper()
                .readTree(CommandRun.of("inspect", "zoo:mobilenetv2", "--json", "--target", "pocl-avx512")
                        .fine()
                        .out());
        assertEquals(300_774_272, inspected.get("totals").get("multiplyAdds").asLong());
    }

    @Test
    void maps_are_measured_to_move_along_inside_and_not_at_the_border() throws Exception {
        JsonNode layers = json("zoo:lenet5").get("measured").get("equivariance");
        assertEquals(4, layers.size());
        for (JsonNode layer : layers) {
            assertEquals(0, layer.get("inside").asDouble(), 1e-5, layer::toString);
            assertTrue(layer.get("border").asDouble() > 0.01, layer::toString);
        }
        assertTrue(layers.get(3).get("byOnePixel").asDouble() > 0.01, layers::toString);
    }

    @Test
    void steadiness_is_measured_with_and_without_pooling() throws Exception {
        JsonNode variants = json("zoo:lenet5").get("measured").get("invariance");
        assertEquals(3, variants.size());
        assertEquals("subsampled", variants.get(1).get("variant").asText());
        variants.forEach(variant -> {
            assertEquals(3, variant.get("relative").size());
            assertEquals(12, variant.get("moves").asLong());
        });
    }

    @Test
    void a_perceptron_is_told_what_does_not_apply() {
        String out = page("zoo:mlp", "--device", "jvm");
        assertTrue(out.contains("No layer of this network is a convolution."), out);
        assertTrue(out.contains("This does not apply: no layer here slides a window"), out);
        assertTrue(out.contains("dense1 (gemm): A [1,1764] has 1764 columns"), out);
    }

    @Test
    void a_network_that_answers_with_a_map_is_not_asked_to_stay() {
        String out = page("zoo:encoder-decoder", "--device", "jvm");
        assertTrue(out.contains("(16 - 1) x 2 + 2 - 0 = 32"), out);
        assertTrue(out.contains("the network answers with a map"), out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zoo:resnet18", "zoo:dilated", "zoo:mlp"})
    void a_page_fits_a_terminal_of_80_columns(String model) {
        page(model, "--no-measuring").lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }

    @Test
    void pictures_of_one_and_three_dimensions_are_explained() throws Exception {
        Path line = write("line.sir", "%x: f32[1,2,12] = input %w: f32[3,2,3] = constant random 1");
        Path body = write("body.sir", "%x: f32[1,2,9,9,9] = input %w: f32[3,2,3,3,3] = constant random 1");
        for (Path file : List.of(line, body)) {
            JsonNode report = json(file.toString());
            assertEquals(List.of(3L), fields(report));
            assertEquals(
                    0,
                    report.get("measured")
                            .get("equivariance")
                            .get(0)
                            .get("inside")
                            .asDouble(),
                    1e-5);
        }
    }

    private Path write(String name, String inputs) throws Exception {
        return Files.writeString(
                folder.resolve(name), "sinter.graph 1 graph small { " + inputs + " %y = conv(%x, %w) return %y }");
    }

    @Test
    void the_page_for_a_browser_loads_nothing_and_has_the_maps_drawn() throws Exception {
        Path file = folder.resolve("lenet.html");
        page("zoo:lenet5", "--no-measuring", "--html", file);
        String html = Files.readString(file);
        assertAll(
                () -> assertTrue(html.startsWith("<!doctype html>")),
                () -> assertTrue(html.contains("<svg ")),
                () -> assertTrue(html.contains("61,706 parameters")),
                () -> assertFalse(html.contains("src="), "it loads something"),
                () -> assertFalse(html.contains("href=\"http"), "it leads elsewhere"));
    }

    @Test
    void a_picture_that_is_given_is_what_is_shown() throws Exception {
        Path picture = SampleFiles.picture(folder.resolve("red.png"), 28, 28, Color.RED);
        JsonNode measured =
                json("zoo:lenet5", "--input", picture, "--scale", "1/255").get("measured");
        assertTrue(measured.get("shown").asText().startsWith("the picture given"), measured::toString);
        // All its pixels are alike, so that it looks the same wherever it is moved.
        assertEquals(0, measured.get("invariance").get(0).get("relative").get(2).asDouble(), 1e-5);
    }

    @Test
    void a_network_without_a_picture_is_refused() throws Exception {
        Path file = Files.writeString(
                folder.resolve("row.sir"), "sinter.graph 1 graph row { %x: f32[1,8] = input %y = relu(%x) return %y }");
        CommandRun.of("explain", file).isWrongUse("INPUT-002", "row", "x f32[1,8]", "[N, C, D...]");
    }

    @Test
    void a_pooling_as_large_as_its_map_is_told_from_a_global_one() throws Exception {
        Path file = Files.writeString(folder.resolve("fixed.sir"), """
            sinter.graph 1
            graph fixed {
              %x: f32[1,1,8,8] = input
              %w: f32[3,1,3,3] = constant random 1
              %v: f32[3,2] = constant random 2
              %conv = conv(%x, %w)
              %pool = average_pool(%conv) kernel=[6,6]
              %row = reshape(%pool) shape=[1,3]
              %y = matmul(%row, %v)
              return %y
            }
            """);
        String out = page(file, "--no-measuring").replace('\n', ' ');
        assertTrue(out.contains("row (reshape): input f32[1,3,"), out);
        assertTrue(out.contains("always 3 numbers"), out);
    }

    @Test
    void a_picture_for_measuring_is_of_no_use_without_measuring() {
        CommandRun.of("explain", "zoo:lenet5", "--no-measuring", "--input", "red.png")
                .isWrongUse("OPT-001", "--no-measuring", "--input");
    }

    @Test
    void a_device_that_does_not_exist_is_refused() {
        CommandRun.of("explain", "zoo:lenet5", "--device", "abacus").isWrongUse("DEV-001", "abacus", "jvm:0");
    }

    @Test
    void a_page_that_cannot_be_written_is_told_before_anything_runs() {
        CommandRun.of("explain", "zoo:lenet5", "--html", folder.resolve("no/such/folder.html"))
                .isWrongUse("FILE-003", "there is no folder");
        CommandRun.of("explain", "zoo:lenet5", "--html", folder).isWrongUse("FILE-003", "is a folder");
    }

    @Test
    void a_model_that_does_not_exist_is_refused() {
        CommandRun.of("explain", "zoo:lenet").isWrongUse("OPT-001", "lenet5");
        CommandRun.of("explain", "no-such-file.onnx").isWrongUse("FILE-001", "no-such-file.onnx");
    }
}
