package dev.sinter.cli.command;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sinter.cli.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
    private static JsonNode json(Object... arguments) throws Exception {
        return new ObjectMapper().readTree(CommandRun.of(arguments).fine().out());
    }

    @Test
    void layers_of_one_kernel_name_the_same_kernel() throws Exception {
        JsonNode layers =
                json("inspect", "zoo:lenet5", "--device", "jvm", "--json").get("layers");
        assertEquals("conv1", layers.get(0).get("name").asText());
        assertEquals("pool1", layers.get(2).get("name").asText());
        assertEquals(layers.get(0).get("kernels"), layers.get(2).get("kernels"));
    }

    @Test
    void a_convolution_is_counted_with_its_weights_and_its_products() throws Exception {
        JsonNode conv = json("inspect", "zoo:lenet5", "--device", "jvm", "--json")
                .get("layers")
                .get(0);
        assertEquals(6 * 25 + 6, conv.get("parameters").asInt());
        assertEquals(6 * 28 * 28 * 25, conv.get("multiplyAdds").asInt());
    }

    @Test
    void a_batch_multiplies_the_work_and_not_the_parameters() throws Exception {
        JsonNode one =
                json("inspect", "zoo:lenet5", "--device", "jvm", "--json").get("totals");
        JsonNode four = json("inspect", "zoo:lenet5", "--device", "jvm", "--json", "--batch", 4)
                .get("totals");
        assertEquals(
                4 * one.get("multiplyAdds").asLong(), four.get("multiplyAdds").asLong());
        assertEquals(one.get("parameters"), four.get("parameters"));
    }

    @Test
    void candidates_of_a_step_are_listed_the_cheapest_first() {
        String out = CommandRun.of("inspect", "zoo:lenet5", "--target", "pocl-avx512", "--candidates", "pool1")
                .fine()
                .out();
        assertTrue(out.startsWith("pool1 of zoo:lenet5 on pocl-avx512\n\n1 kernel, "), out);
        assertTrue(out.lines().toList().get(2).endsWith(", taken"), out);
        assertEquals(1, out.split(", taken").length - 1);
        assertTrue(out.contains("illegal: "), "some are refused, and it is said why");
        String taken = CommandRun.of("inspect", "zoo:lenet5", "--target", "pocl-avx512", "--schedules")
                .fine()
                .out();
        String first = out.lines().skip(4).findFirst().orElseThrow().strip();
        assertTrue(taken.contains(first), () -> first + "\nis not in\n" + taken);
    }

    @Test
    void candidates_are_for_a_step_whatever_its_algorithm() {
        String out = CommandRun.of(
                        "inspect", "zoo:resnet18", "--target", "pocl-avx512", "--candidates", "stage1.1.relu1")
                .fine()
                .out();
        assertEquals(1, out.split(", taken").length - 1, out);
        assertTrue(out.contains("winograd4_product"), out);
    }

    @Test
    void a_step_without_a_kernel_has_no_candidates() {
        CommandRun.of("inspect", "zoo:encoder-decoder", "--target", "pocl-avx512", "--candidates", "concat1")
                .isWrongUse("SCHED-002", "concat1", "has no kernel, since its operands are written where its result");
    }

    @Test
    void candidates_of_no_step_are_wrong_use() {
        CommandRun.of("inspect", "zoo:lenet5", "--candidates", "relu1")
                .isWrongUse("SCHED-002", "relu1", "is no step of its own but a layer of step pool1");
        CommandRun.of("inspect", "zoo:lenet5", "--candidates", "pool9")
                .isWrongUse("SCHED-002", "pool9", "is no step of this network, which has [pool1, ");
    }

    @Test
    void the_table_says_why_layers_are_apart() {
        String out =
                CommandRun.of("inspect", "zoo:lenet5", "--device", "jvm").fine().out();
        assertAll(
                () -> assertTrue(out.contains("conv+relu+max_pool"), out),
                () -> assertTrue(out.contains("NOT FUSED"), out),
                () -> assertTrue(out.contains("starts a kernel of its own"), out));
    }

    @Test
    void without_fusion_every_layer_has_its_own_kernel() throws Exception {
        JsonNode report = json("inspect", "zoo:lenet5", "--device", "jvm", "--json", "--no-fusion");
        report.get("kernels")
                .forEach(kernel -> assertEquals(1, kernel.get("layers").size(), kernel::toString));
    }

    @Test
    void folded_layers_are_named() {
        String out = CommandRun.of("inspect", "zoo:resnet18", "--device", "jvm")
                .fine()
                .out();
        assertTrue(out.contains("Made part of other layers, or removed: "), out);
        assertFalse(CommandRun.of("inspect", "zoo:resnet18", "--device", "jvm", "--no-passes")
                .fine()
                .out()
                .contains("Made part of other layers"));
    }

    @Test
    void a_device_that_is_elsewhere_is_a_target() {
        String out = CommandRun.of("inspect", "zoo:lenet5", "--target", "xilinx-vu9p")
                .fine()
                .out();
        assertTrue(out.contains("single task"), out);
    }

    @Test
    void the_graph_for_graphviz_has_a_box_per_kernel() {
        String dot = CommandRun.of("inspect", "zoo:lenet5", "--device", "jvm", "--dot")
                .fine()
                .out();
        assertTrue(dot.startsWith("digraph "), dot);
        assertTrue(dot.contains("subgraph cluster_0 {"), dot);
        assertEquals(
                dot.chars().filter(c -> c == '{').count(),
                dot.chars().filter(c -> c == '}').count());
    }

    @Test
    void an_unknown_network_of_the_zoo_is_answered_with_those_there_are() {
        CommandRun.of("inspect", "zoo:lenet").isWrongUse("OPT-001", "lenet5", "resnet18");
    }

    @Test
    void an_unknown_device_model_is_answered_with_those_there_are() {
        CommandRun.of("inspect", "zoo:lenet5", "--target", "abacus").isWrongUse("DEV-001", "abacus", "xilinx-vu9p");
    }

    @Test
    void a_file_that_is_missing_is_told() {
        CommandRun.of("inspect", "no-such-file.onnx").isWrongUse("FILE-001", "no-such-file.onnx");
    }

    @Test
    void a_layer_without_filters_is_inspected(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("none.sir"), """
            sinter.graph 1
            graph none {
              %x: f32[1,3,5,5] = input
              %w: f32[0,3,3,3] = constant []
              %y: f32[1,0,3,3] = conv(%x, %w) strides=[1,1] pads=[0,0,0,0] dilations=[1,1] groups=1
              return %y
            }
            """);
        CommandRun.of("inspect", file, "--device", "jvm").fine();
    }
}
