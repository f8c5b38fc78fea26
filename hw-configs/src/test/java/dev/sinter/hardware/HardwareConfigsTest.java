package dev.sinter.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.hardware.DeviceDescription.DeviceRuntime;
import dev.sinter.hardware.DeviceDescription.DeviceType;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.schedule.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardwareConfigsTest {
    private static final Path RESOURCES = Path.of("src/main/resources/dev/sinter/hardware");
    private static final HardwareConfigs BUNDLED = HardwareConfigs.bundled();

    private static Optional<String> match(DeviceDescription description) {
        return BUNDLED.match(description).map(HardwareConfig::name);
    }

    private static DeviceDescription openCl(DeviceType type, String platform, String device, int vectorWidth) {
        return new DeviceDescription(DeviceRuntime.OPENCL, type, platform, device, "", vectorWidth);
    }

    @Test
    void every_file_in_the_folder_is_bundled() throws IOException {
        try (Stream<Path> files = Files.list(RESOURCES)) {
            assertEquals(
                    files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                            .sorted()
                            .toList(),
                    BUNDLED.all().stream().map(HardwareConfig::name).sorted().toList());
        }
    }

    @Test
    void quantities_are_in_base_units() {
        Target h200 = BUNDLED.named("nvidia-h200").target();
        assertEquals(141_000_000_000L, h200.memoryBytes());
        assertEquals(4.8e12, h200.memoryBandwidth());
        assertEquals(48 * 1024, h200.localBytes());
        assertEquals(5e-6, h200.launchOverhead());
        assertEquals(66.9e12, h200.peakFlops(), 0.05e12);
        assertEquals(510e9, BUNDLED.named("pocl-avx512").target().peakFlops(), 5e9);
        Target.Fpga arria =
                BUNDLED.named("intel-arria10-gx1150").target().fpga().orElseThrow();
        assertEquals(2713L * 20 * 1024, arria.blockRamBits());
    }

    @Test
    void devices_are_recognised_by_what_they_report() {
        String pocl = "Portable Computing Language";
        assertEquals(
                Optional.of("pocl-avx512"),
                match(openCl(DeviceType.CPU, pocl, "pthread-skylake-avx512-Intel(R) Xeon(R)", 16)));
        assertEquals(Optional.of("pocl-avx2"), match(openCl(DeviceType.CPU, pocl, "pthread-haswell-AMD EPYC", 8)));
        assertEquals(Optional.empty(), match(openCl(DeviceType.CPU, "Intel(R) OpenCL", "Intel(R) Xeon(R)", 16)));
        assertEquals(Optional.of("nvidia-h200"), match(openCl(DeviceType.GPU, "NVIDIA CUDA", "NVIDIA H200", 1)));
        assertEquals(
                Optional.of("nvidia-h200"), match(openCl(DeviceType.GPU, "NVIDIA CUDA", "NVIDIA H200 MIG 1g.18gb", 1)));
        assertEquals(
                Optional.of("generic-opencl-gpu"), match(openCl(DeviceType.GPU, "rusticl", "AMD Radeon RX 6600", 1)));
        assertEquals(
                Optional.of("intel-arria10-gx1150"),
                match(openCl(
                        DeviceType.ACCELERATOR,
                        "Intel(R) FPGA SDK for OpenCL(TM)",
                        "pac_a10 : Intel PAC Platform (pac_ee00000)",
                        1)));
        assertEquals(
                Optional.of("intel-stratixv-gxa7"),
                match(openCl(
                        DeviceType.ACCELERATOR, "Altera SDK for OpenCL", "de5net_a7 : DE5-Net Reference Platform", 1)));
        assertEquals(
                Optional.of("xilinx-vu9p"),
                match(openCl(DeviceType.ACCELERATOR, "Xilinx", "xilinx_vcu1525_dynamic_5_1", 1)));
        assertEquals(Optional.of("jvm-avx512"), match(DeviceDescription.ofJvm(16)));
        assertEquals(Optional.of("jvm-scalar"), match(DeviceDescription.ofJvm(1)));
        assertEquals(Optional.empty(), match(DeviceDescription.ofJvm(2)));
    }

    @Test
    void a_device_brings_its_own_compute_units_and_memory() {
        HardwareConfig config = BUNDLED.named("pocl-avx2");
        Target target = config.target(48, 1L << 36);
        assertEquals(48, target.computeUnits());
        assertEquals(1L << 36, target.memoryBytes());
        assertEquals(
                config.target(),
                config.target(config.target().computeUnits(), config.target().memoryBytes()));
    }

    @Test
    void an_unknown_model_lists_the_known_ones() {
        var fault = assertThrows(CompileException.class, () -> BUNDLED.named("nvidia-h20"));
        assertEquals(Code.DEVICE_UNKNOWN, fault.code());
        assertTrue(fault.toString().contains("did you mean nvidia-h200?"), fault.toString());
    }

    @Test
    void a_users_files_come_first(@TempDir Path folder) throws IOException {
        String own = Files.readString(RESOURCES.resolve("generic-opencl-gpu.yaml"));
        Files.writeString(folder.resolve("generic-opencl-gpu.yaml"), own.replace("units: 16", "units: 17"));
        Files.writeString(folder.resolve("own.yaml"), own.replace("name: generic-opencl-gpu", "name: own"));
        Files.writeString(folder.resolve("notes.txt"), "not a hardware file");
        HardwareConfigs users = HardwareConfigs.read(folder);
        assertEquals(
                List.of("generic-opencl-gpu", "own"),
                users.all().stream().map(HardwareConfig::name).toList());
        HardwareConfigs all = BUNDLED.with(users);
        assertEquals(17, all.named("generic-opencl-gpu").target().computeUnits());
        assertEquals(BUNDLED.all().size() + 1, all.all().size());
        assertEquals(1, HardwareConfigs.read(folder.resolve("own.yaml")).all().size());
    }

    @Test
    void what_cannot_be_read_is_named(@TempDir Path folder) throws IOException {
        Path other = Files.writeString(folder.resolve("notes.txt"), "");
        assertEquals(
                Code.FILE_MISSING,
                assertThrows(CompileException.class, () -> HardwareConfigs.read(folder.resolve("none.yaml")))
                        .code());
        assertEquals(
                Code.HARDWARE_FILE,
                assertThrows(CompileException.class, () -> HardwareConfigs.read(other))
                        .code());
    }
}
