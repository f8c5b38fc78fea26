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

    /// As published: Krizhevsky et al. (2012) as Caffe counts it, Simonyan and Zisserman (2015), He et al. (2016) as
    /// torchvision counts it, LeCun et al. (1998) without the partial connection table.
    @ParameterizedTest
    @CsvSource({"alexnet, 60965224", "vgg16, 138357544", "resnet18, 11689512", "lenet5, 61706"})
    void parameters_are_as_many_as_published(String network, long parameters) throws Exception {
        assertEquals(
                parameters,
                json("zoo:" + network, "--no-measuring").get("parameters").asLong());
    }

    /// Araujo et al. (2019) give 195 for AlexNet and 212 for VGG-16.
    @Test
    void receptive_fields_are_as_large_as_published() throws Exception {
        assertAll(
                () -> assertEquals(
                        List.of(11L, 19L, 51L, 67L, 99L, 131L, 163L, 195L),
                        fields(json("zoo:alexnet", "--no-measuring"))),
                () -> assertEquals(
                        212, fields(json("zoo:vgg16", "--no-measuring")).getLast()),
                () -> assertEquals(
                        435, fields(json("zoo:resnet18", "--no-measuring")).getLast()),
                () -> assertEquals(List.of(5L, 6L, 14L, 16L), fields(json("zoo:lenet5", "--no-measuring"))));
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
    @ValueSource(strings = {"zoo:vgg16", "zoo:resnet18", "zoo:dilated", "zoo:mlp"})
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
