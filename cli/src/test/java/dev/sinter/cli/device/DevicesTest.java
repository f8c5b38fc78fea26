package dev.sinter.cli.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.Backend;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Devices;
import dev.sinter.ir.exec.LoadedProgram;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.schedule.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DevicesTest {
    private static final Device CPU = new Named("opencl:0", "Some CPU", "opencl", Target.Kind.CPU);
    private static final Device GPU = new Named("opencl:1", "Some GPU", "opencl", Target.Kind.GPU);
    private static final Device FPGA = new Named("opencl:0", "Some FPGA", "opencl", Target.Kind.FPGA);
    private static final Device JVM = new Named("jvm:0", "This JVM", "jvm", Target.Kind.CPU);

    private record Named(String id, String name, String backend, Target.Kind kind) implements Device {
        @Override
        public Target target() {
            Optional<Target.Fpga> fpga =
                    kind == Target.Kind.FPGA ? Optional.of(new Target.Fpga(1000, 10, 1000, "aoc")) : Optional.empty();
            return new Target(name, kind, 1, 16, 1, 1, 1e9, 2, 1 << 30, 1e9, 1 << 15, 0, 0, fpga);
        }

        @Override
        public Map<String, String> details() {
            return Map.of();
        }

        @Override
        public LoadedProgram load(Program program, Trace trace) {
            throw new UnsupportedOperationException("nothing runs here");
        }
    }

    private record Listed(String name, List<Device> devices, String whyUnavailable) implements Backend {}

    private static Devices with(Device... opencl) {
        return new Devices(List.of(
                new Listed("jvm", List.of(JVM), ""),
                new Listed("opencl", List.of(opencl), opencl.length == 0 ? "no platform" : "")));
    }

    private static String chosen(Devices devices, String wanted) {
        return devices.choose(wanted).device().id();
    }

    @Test
    void auto_prefers_a_gpu_then_another_opencl_device_then_the_jvm() {
        assertEquals("opencl:1", chosen(with(CPU, GPU), "auto"));
        assertEquals("opencl:0", chosen(with(CPU), "auto"));
        assertEquals("jvm:0", chosen(with(), "auto"));
        assertTrue(with().choose("auto").why().contains("no platform"));
    }

    @Test
    void auto_never_takes_an_fpga() {
        assertEquals("jvm:0", chosen(with(FPGA), "auto"));
    }

    @Test
    void a_backend_stands_for_its_best_device() {
        assertEquals("opencl:1", chosen(with(CPU, GPU), "opencl"));
        assertEquals("jvm:0", chosen(with(CPU, GPU), "jvm"));
    }

    @Test
    void a_part_of_a_name_is_enough_whatever_its_case() {
        assertEquals("opencl:1", chosen(with(CPU, GPU), "gpu"));
    }

    @Test
    void a_part_of_two_names_is_not() {
        CompileException fault =
                assertThrows(CompileException.class, () -> with(CPU, GPU).choose("some"));
        assertTrue(fault.fact().contains("2 devices"), fault.getMessage());
    }

    @Test
    void an_explicit_choice_never_falls_back() {
        CompileException fault = assertThrows(CompileException.class, () -> with().choose("opencl"));
        assertEquals(Code.DEVICE_UNKNOWN, fault.code());
        assertTrue(fault.getMessage().contains("no platform"), fault.getMessage());
        assertTrue(fault.getMessage().contains("jvm:0 (This JVM)"), fault.getMessage());
        assertThrows(CompileException.class, () -> with(CPU).choose("opencl:1"));
    }
}
