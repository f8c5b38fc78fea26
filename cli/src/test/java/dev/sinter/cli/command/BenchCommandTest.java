package dev.sinter.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sinter.cli.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
    @TempDir
    Path folder;

    /// One convolution of 2 x 8 x 8 x 8 x 27 = 27,648 products, and a pool of its own.
    private Path model() throws Exception {
        return Files.writeString(folder.resolve("small.sir"), """
            sinter.graph 1
            graph small {
              %x: f32[2,3,10,10] = input
              %w: f32[8,3,3,3] = constant random 1
              %c: f32[2,8,8,8] = conv(%x, %w)
              %y: f32[2,8,4,4] = max_pool(%c) kernel=[2,2] strides=[2,2]
              return %y
            }
            """);
    }

    private static CommandRun bench(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("bench"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--rounds", 3, "--pause", 0, "--warm-up", 0));
        return CommandRun.of(all.toArray());
    }

    private static JsonNode read(Path file) throws Exception {
        return new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void all_that_was_measured_is_in_the_json_file() throws Exception {
        Path file = folder.resolve("bench.json");
        bench(model(), "zoo:lenet5", "--device", "jvm", "--layers", "--json", file)
                .fine();
        JsonNode report = read(file);
        JsonNode device = report.get("devices").get(0);
        assertEquals("jvm:0", device.get("id").asText());
        assertEquals(14, device.get("peakSeconds").size());
        assertTrue(device.get("peak").asDouble() > 1e8, device::toString);
        assertTrue(device.get("bandwidth").asDouble() > 1e8, device::toString);
        assertTrue(report.get("checked").asBoolean());
        assertFalse(report.get("machine").get("processor").asText().isEmpty());
        JsonNode small = report.get("models").get(0);
        assertEquals(2 * 27_648, small.get("flops").asDouble());
        JsonNode result = small.get("results").get(0);
        assertEquals(3, result.get("samples").size());
        double median = result.get("median").asDouble();
        assertTrue(
                result.get("low").asDouble() <= median
                        && median <= result.get("high").asDouble(),
                result::toString);
        assertEquals(2 * 27_648 / median, result.get("rate").asDouble(), 1);
        assertEquals(
                result.get("rate").asDouble() / device.get("peak").asDouble(),
                result.get("shareOfPeak").asDouble(),
                1e-9);
        assertEquals(1, result.get("ratio").asDouble());
    }

    @Test
    void kernels_share_the_work_of_their_network() throws Exception {
        Path file = folder.resolve("bench.json");
        String out = bench(model(), "--device", "jvm", "--layers", "--json", file)
                .fine()
                .out();
        assertTrue(out.contains("ROOFLINE"), out);
        JsonNode result = read(file).get("models").get(0).get("results").get(0);
        double flops = 0;
        double bytes = 0;
        for (JsonNode kernel : result.get("kernels")) {
            flops += kernel.get("flops").asDouble();
            bytes += kernel.get("bytes").asDouble();
            assertTrue(kernel.get("seconds").asDouble() > 0, kernel::toString);
            assertTrue(kernel.get("roofline").asDouble() > 0, kernel::toString);
            assertFalse(kernel.get("schedule").asText().isEmpty(), kernel::toString);
        }
        assertEquals(2 * 27_648, flops, 1e-6);
        assertEquals(result.get("bytes").asDouble(), bytes);
        // The input, the weights and the output at least.
        assertTrue(bytes >= 4 * (600 + 216 + 256), result::toString);
    }

    @Test
    void kernels_of_the_same_layers_are_told_apart() throws Exception {
        Path file = folder.resolve("bench.json");
        Path schedule = Files.writeString(folder.resolve("s.txt"), """
            sinter.schedule 1

            step y
              conv: buffer; n 2 global 1, c 8 global 0, ic 3 serial, kh 3 serial, kw 3 serial, h 8 unroll, w 8 vector
              max_pool: buffer; n 2 global 2, c 8 global 2, h 4 global 1, w 4 global 0, kh 2 unroll, kw 2 unroll
            """);
        String out = bench(model(), "--device", "jvm", "--no-check", "--layers", "--schedule", schedule, "--json", file)
                .fine()
                .out();
        assertTrue(out.contains("conv+max_pool (1 of 2: conv) "), out);
        assertTrue(out.contains("conv+max_pool (2 of 2: max_pool) "), out);
        JsonNode kernels = read(file).get("models").get(0).get("results").get(0).get("kernels");
        assertEquals(2, kernels.size());
        assertEquals("conv", kernels.get(0).get("root").asText());
        assertEquals(2 * 27_648, kernels.get(0).get("flops").asDouble());
        assertEquals(2, kernels.get(1).get("part").asInt());
        assertEquals(0, kernels.get(1).get("flops").asDouble());
    }

    @Test
    void without_layers_no_kernels_are_told() throws Exception {
        Path file = folder.resolve("bench.json");
        String out = bench(model(), "--device", "jvm", "--no-check", "--json", file)
                .fine()
                .out();
        assertFalse(out.contains("ROOFLINE"), out);
        assertTrue(out.contains("Results were not checked."), out);
        assertFalse(read(file).get("models").get(0).get("results").get(0).has("kernels"));
    }

    @Test
    void a_wrong_result_is_not_timed() throws Exception {
        Path file = folder.resolve("bench.json");
        Path chart = folder.resolve("bench.svg");
        CommandRun run = bench(model(), "--device", "jvm,faulty:wrong", "--layers", "--json", file, "--svg", chart);
        assertEquals(1, run.exitCode(), run::toString);
        assertTrue(run.out().contains("wrong: " + folder.resolve("small.sir") + " on faulty:wrong: y"), run::toString);
        assertFalse(run.out().contains("Every result is within its bound."), run::toString);
        JsonNode results = read(file).get("models").get(0).get("results");
        assertTrue(results.get(0).has("median"));
        assertFalse(results.get(1).has("median"));
        assertTrue(results.get(1).get("wrong").asText().contains("bound"), results::toString);
        assertTrue(Files.readString(chart).contains(">wrong<"));
    }

    @Test
    void devices_are_compared_with_the_first() throws Exception {
        Path file = folder.resolve("bench.json");
        String out = bench(model(), "--device", "jvm,faulty:wrong", "--no-check", "--layers", "--json", file)
                .fine()
                .out();
        assertTrue(out.contains("layer by layer"), out);
        assertTrue(out.contains("hardware file"), out);
        JsonNode results = read(file).get("models").get(0).get("results");
        assertEquals(
                results.get(0).get("median").asDouble()
                        / results.get(1).get("median").asDouble(),
                results.get(1).get("ratio").asDouble(),
                1e-9);
    }

    @Test
    void a_chart_has_a_group_for_each_network() throws Exception {
        Path chart = folder.resolve("bench.svg");
        bench(model(), "zoo:lenet5", "--device", "jvm", "--no-check", "--svg", chart)
                .fine();
        String svg = Files.readString(chart);
        assertTrue(svg.contains(">small.sir<"), svg);
        assertTrue(svg.contains(">zoo:lenet5<"), svg);
        assertTrue(svg.contains("jvm:0: "), svg);
    }

    @Test
    void a_time_may_stand_in_the_place_of_rounds() throws Exception {
        Path file = folder.resolve("bench.json");
        CommandRun.of(
                        "bench",
                        model(),
                        "--device",
                        "jvm",
                        "--seconds",
                        "0.2",
                        "--pause",
                        0,
                        "--no-check",
                        "--json",
                        file)
                .fine();
        JsonNode report = read(file);
        assertEquals(0.2, report.get("seconds").asDouble());
        assertFalse(report.has("rounds"));
        assertTrue(
                report.get("models").get(0).get("results").get(0).get("samples").size() > 3, report::toString);
    }

    @Test
    void wrong_options_are_told_before_anything_is_measured() throws Exception {
        Path model = model();
        CommandRun.of("bench").isWrongUse("OPT-001", "MODEL");
        CommandRun.of("bench", model, "--rounds", 0).isWrongUse("OPT-001", "--rounds", "0 must be from 1");
        CommandRun.of("bench", model, "--seconds", "-1").isWrongUse("OPT-001", "--seconds", "above 0");
        CommandRun.of("bench", model, "--rounds", 3, "--seconds", 3).isWrongUse("OPT-001", "--rounds", "--seconds");
        CommandRun.of("bench", model, "--pause", -1).isWrongUse("OPT-001", "--pause");
        CommandRun.of("bench", model, "--device", "jvm,nothing").isWrongUse("DEV-001", "nothing", "jvm:0");
        CommandRun.of("bench", model, "--device", "jvm,jvm:0").isWrongUse("OPT-001", "jvm:0", "there already");
        CommandRun.of("bench", model, "--json", folder.resolve("none/bench.json"))
                .isWrongUse("FILE-003", "no folder");
        CommandRun.of("bench", "zoo:lenet", "--device", "jvm").isWrongUse("OPT-001", "lenet5");
        CommandRun.of("bench", model, "--schedule", model).isWrongUse("TEXT-001", "sinter.schedule 1");
        Path schedules = Files.writeString(folder.resolve("s.txt"), "sinter.schedule 1\n");
        CommandRun.of("bench", model, "zoo:lenet5", "--schedule", schedules).isWrongUse("OPT-001", "one MODEL");
    }
}
