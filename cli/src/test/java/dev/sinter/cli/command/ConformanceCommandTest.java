package dev.sinter.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sinter.cli.CommandRun;
import dev.sinter.cli.SampleCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConformanceCommandTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"oracle", "jvm"})
    void cases_are_counted_by_operator(String device) throws IOException {
        SampleCase.relu(folder.resolve("test_relu"), 0, 2, 0);
        SampleCase.reshape(folder.resolve("test_reshape"), -1);
        SampleCase.unknown(folder.resolve("test_confuse"));
        String out =
                CommandRun.of("conformance", folder, "--device", device).fine().out();
        assertTrue(out.contains("Relu           1                1       0            0"), out);
        assertTrue(out.contains("Reshape        1                0       0            0"), out);
        assertTrue(out.contains("Confuse        0                0       0            1"), out);
        assertTrue(out.contains("  Reshape   shape          1\n"), out);
        assertTrue(
                out.contains("  Confuse\n    test_confuse: ONNX-002 node of y (Confuse, opset 19): operator 'Confuse'"),
                out);
        assertTrue(out.contains("sound: 3 cases on " + device), out);
        assertTrue(
                out.contains(
                        "2 passed (1 with every input fed, 1 with inputs made constants), 0 failed, 1 unsupported"),
                out);
    }

    @Test
    void what_a_device_leaves_to_the_host_is_counted_and_named() throws Exception {
        SampleCase.relu(folder.resolve("test_relu"), 0, 2, 0);
        SampleCase.reshape(folder.resolve("test_reshape"), 2);
        String out =
                CommandRun.of("conformance", folder, "--device", "jvm").fine().out();
        assertTrue(out.contains("  onnx_reshape      1\n"), out);
        assertTrue(out.contains("2 with every input fed, 0 with inputs made constants; 1 through the host)"), out);
        JsonNode report = new ObjectMapper()
                .readTree(CommandRun.of("conformance", folder, "--device", "jvm", "--json")
                        .out());
        assertEquals(1, report.get("counts").get("onHost").asInt());
        assertEquals(
                "[\"onnx_reshape\"]", report.get("cases").get(1).get("onHost").toString());
        String oracle = CommandRun.of("conformance", folder).fine().out();
        assertTrue(oracle.contains("0 with inputs made constants), 0 failed"), oracle);
    }

    @Test
    void a_wrong_element_fails_and_is_shown_with_both_values_and_its_bound() throws IOException {
        Path wrong = SampleCase.relu(folder.resolve("test_relu"), 0, 2, 5);
        CommandRun run = CommandRun.of("conformance", wrong);
        assertEquals(1, run.exitCode(), run::toString);
        assertTrue(run.out().contains("failed test_relu: node of y (relu)\n  first at y[2]\n"), run.out());
        assertTrue(
                run.out().contains("    found     0.0\n    expected  5.0, by the case\n    bound     5."), run.out());
        assertTrue(run.out().contains("not sound: 1 case on oracle"), run.out());
    }

    @Test
    void a_wrong_kernel_fails_by_the_oracle() throws IOException {
        SampleCase.relu(folder.resolve("test_relu"), 0, 2, 0);
        CommandRun run = CommandRun.of("conformance", folder, "--device", "faulty:wrong", "--quiet");
        assertEquals(1, run.exitCode(), run::toString);
        assertTrue(run.out().startsWith("failed test_relu: node of y (relu)"), run.out());
        assertTrue(run.out().contains(", by the oracle\n"), run.out());
    }

    @Test
    void a_device_that_fails_is_a_failure_of_the_case() throws IOException {
        SampleCase.relu(folder.resolve("test_relu"), 0, 2, 0);
        CommandRun run = CommandRun.of("conformance", folder, "--device", "faulty:failing");
        assertEquals(1, run.exitCode(), run::toString);
        assertTrue(run.out().contains("failed test_relu: DEV-"), run.out());
    }

    @Test
    void json_has_every_case_with_its_constants() throws Exception {
        SampleCase.relu(folder.resolve("test_relu"), 7, 2, 0);
        SampleCase.reshape(folder.resolve("test_reshape"), -1);
        CommandRun run = CommandRun.of("conformance", folder, "--json");
        assertEquals(1, run.exitCode());
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertEquals(1, report.get("version").asInt());
        assertEquals(1, report.get("counts").get("withConstants").asInt());
        JsonNode wrong = report.get("cases").get(0);
        assertEquals("failed", wrong.get("outcome").asText());
        assertEquals(0, wrong.get("wrong").get("index").get(0).asInt());
        assertEquals(7.0, wrong.get("wrong").get("expected").asDouble());
        assertEquals("shape", report.get("cases").get(1).get("constants").get(0).asText());
    }

    @Test
    void a_model_that_cannot_be_read_is_a_failure_of_its_case() throws IOException {
        Path broken = Files.createDirectories(folder.resolve("test_broken/test_data_set_0"));
        Files.writeString(broken.resolveSibling("model.onnx"), "{}");
        SampleCase.relu(folder.resolve("test_relu"), 0, 2, 0);
        String out = CommandRun.of("conformance", folder).fine().out();
        assertTrue(out.contains("  not read\n    test_broken: ONNX-001 "), out);
        assertTrue(out.contains("1 passed"), out);
    }

    @Test
    void a_case_without_data_has_nothing_to_pass() throws IOException {
        Path lonely = SampleCase.relu(folder.resolve("test_relu"), 0, 2, 0);
        try (var files = Files.list(lonely.resolve("test_data_set_0"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(lonely.resolve("test_data_set_0"));
        CommandRun run = CommandRun.of("conformance", lonely);
        assertEquals(1, run.exitCode());
        assertTrue(run.out().contains("there is no test_data_set_0"), run.out());
    }

    @Test
    void a_folder_that_is_not_there_or_has_no_case_is_the_users_fault() throws IOException {
        CommandRun.of("conformance", folder.resolve("none")).isWrongUse("FILE-001", "there is no such folder");
        CommandRun.of("conformance", folder).isWrongUse("FILE-002", "has no case in it", "model.onnx");
        Path file = Files.writeString(folder.resolve("file"), "");
        CommandRun.of("conformance", file).isWrongUse("FILE-002", "is a file");
        CommandRun.of("conformance").isWrongUse("OPT-001", "DIR");
    }

    @Test
    void a_device_that_is_not_there_is_told() throws IOException {
        SampleCase.relu(folder.resolve("test_relu"), 0, 2, 0);
        CommandRun.of("conformance", folder, "--device", "orakel").isWrongUse("DEV-001", "orakel");
    }
}
