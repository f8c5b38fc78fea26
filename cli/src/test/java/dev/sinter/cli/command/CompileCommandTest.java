package dev.sinter.cli.command;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sinter.cli.CommandRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompileCommandTest {
    @TempDir
    Path folder;

    private Path compiled(String name, String target) {
        Path out = folder.resolve(name);
        CommandRun.of("compile", "zoo:lenet5", "--out", out, "--target", target).fine();
        return out;
    }

    @Test
    void kernels_plan_and_manifest_are_written() throws Exception {
        Path out = compiled("out", "pocl-avx2");
        String kernels = Files.readString(out.resolve("kernels.cl"));
        String plan = Files.readString(out.resolve("plan.txt"));
        JsonNode manifest =
                new ObjectMapper().readTree(out.resolve("manifest.json").toFile());
        assertAll(
                () -> assertTrue(kernels.contains("__kernel"), kernels),
                () -> assertTrue(plan.contains("step 0: conv1 (conv), relu1 (relu), pool1 (max_pool)"), plan),
                () -> assertTrue(plan.contains("memory: "), plan),
                () -> assertEquals(1, manifest.get("format").asInt()),
                () -> assertEquals("cpu", manifest.get("targetKind").asText()),
                () -> manifest.get("kernels")
                        .forEach(kernel -> assertTrue(
                                kernels.contains("void " + kernel.get("name").asText() + "("), kernel::toString)));
    }

    @Test
    void half_precision_is_for_targets_that_have_it() throws Exception {
        Path out = folder.resolve("half");
        CommandRun.of("compile", "zoo:lenet5", "--out", out, "--target", "nvidia-h200", "--precision", "f16")
                .fine();
        String kernels = Files.readString(out.resolve("kernels.cl"));
        assertTrue(kernels.startsWith("#pragma OPENCL EXTENSION cl_khr_fp16 : enable\n"), kernels);
        assertTrue(kernels.contains("__global const half* restrict w0"), kernels);
        CommandRun.of(
                        "compile",
                        "zoo:lenet5",
                        "--out",
                        folder.resolve("no"),
                        "--target",
                        "xilinx-vu9p",
                        "--precision",
                        "f16")
                .isWrongUse("DEV-005", "has no half-precision arithmetic: it lacks cl_khr_fp16");
        CommandRun.of("run", "zoo:lenet5", "--input", "x.npy", "--precision", "f8")
                .isWrongUse("OPT-001", "'f8' is not one of [f32, f16]");
        CommandRun.of("verify", "zoo:lenet5", "--device", "jvm", "--precision", "f16")
                .isWrongUse("DEV-005", "jvm");
        CommandRun.of("verify", "zoo:lenet5", "--exact", "--precision", "f16")
                .isWrongUse("OPT-001", "--exact", "--precision f16");
    }

    @Test
    void channels_are_told_where_the_target_has_them() throws Exception {
        Path network = Files.writeString(folder.resolve("pooled.sir"), """
            sinter.graph 1
            graph pooled {
            %x: f32[1,8,9,9] = input
            %w: f32[16,8,3,3] = constant random 1
            %y: f32[1,16,9,9] = conv(%x, %w) pads=[1,1,1,1]
            %p: f32[1,16,4,4] = max_pool(%y) kernel=[3,3] strides=[2,2]
            return %p
            }
            """);
        Path intel = folder.resolve("intel");
        Path xilinx = folder.resolve("xilinx");
        CommandRun.of("compile", network, "--out", intel, "--target", "intel-arria10-gx1150")
                .fine();
        CommandRun.of("compile", network, "--out", xilinx, "--target", "xilinx-vu9p")
                .fine();
        String plan = Files.readString(intel.resolve("plan.txt"));
        JsonNode kernels = new ObjectMapper()
                .readTree(intel.resolve("manifest.json").toFile())
                .get("kernels");
        assertAll(
                () -> assertTrue(plan.contains("    writes channel of 64: p.conv f32[1,16,9,9]  "), plan),
                () -> assertTrue(plan.contains("    reads  channel of 64: p.conv f32[1,16,9,9]  "), plan),
                () -> assertEquals(
                        "write",
                        kernels.get(0).get("channels").get(0).get("access").asText()),
                () -> assertTrue(
                        Files.readString(intel.resolve("kernels.cl")).contains("write_channel_intel(channel0, ")),
                () -> assertFalse(Files.readString(xilinx.resolve("kernels.cl")).contains("channel")));
    }

    @Test
    void the_manifest_has_the_hash_of_each_file() throws Exception {
        Path out = compiled("out", "pocl-avx2");
        JsonNode files = new ObjectMapper()
                .readTree(out.resolve("manifest.json").toFile())
                .get("files");
        byte[] source = Files.readString(out.resolve("kernels.cl")).getBytes(StandardCharsets.UTF_8);
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(source));
        assertEquals(hash, files.get("kernels.cl").asText());
    }

    @Test
    void the_same_network_gives_the_same_bytes() throws Exception {
        Path first = compiled("first", "xilinx-vu9p");
        Path second = compiled("second", "xilinx-vu9p");
        for (String file : new String[] {"kernels.cl", "plan.txt", "manifest.json"}) {
            assertEquals(-1, Files.mismatch(first.resolve(file), second.resolve(file)), file);
        }
    }

    @Test
    void kernels_of_the_jvm_have_no_source() {
        Path out = folder.resolve("out");
        String said = CommandRun.of("compile", "zoo:lenet5", "--out", out, "--device", "jvm")
                .fine()
                .out();
        assertTrue(said.contains("no source"), said);
        assertFalse(Files.exists(out.resolve("kernels.cl")));
        assertTrue(Files.exists(out.resolve("plan.txt")));
    }

    @Test
    void a_folder_that_holds_something_is_not_touched_unless_forced() throws Exception {
        Path out = Files.createDirectory(folder.resolve("out"));
        Path other = Files.writeString(out.resolve("other.txt"), "mine");
        CommandRun.of("compile", "zoo:lenet5", "--out", out, "--target", "pocl-avx2")
                .isWrongUse("FILE-003", "holds 1 file", "--force");
        CommandRun.of("compile", "zoo:lenet5", "--out", out, "--target", "pocl-avx2", "--force")
                .fine();
        assertEquals("mine", Files.readString(other));
        assertTrue(Files.exists(out.resolve("manifest.json")));
    }

    @Test
    void a_file_in_place_of_the_folder_is_told_before_the_model_is_read() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        CommandRun.of("compile", "no-such-model.onnx", "--out", file).isWrongUse("FILE-003", "is a file");
        CommandRun.of("compile", "no-such-model.onnx", "--out", file.resolve("deeper"))
                .isWrongUse("FILE-003", "is a file");
    }

    @Test
    void a_command_that_fails_makes_no_folder() {
        Path out = folder.resolve("out");
        CommandRun.of("compile", "zoo:nothing", "--out", out).isWrongUse("OPT-001");
        assertFalse(Files.exists(out));
    }
}
