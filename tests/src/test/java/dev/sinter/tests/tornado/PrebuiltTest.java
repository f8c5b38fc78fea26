package dev.sinter.tests.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.backend.tornado.PrebuiltProgram;
import dev.sinter.frontend.zoo.Zoo;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.tests.support.PrebuiltDevice;
import dev.sinter.tests.support.SampleTargets;
import dev.sinter.tests.verify.Verified;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The kernels of a network as one that is told which it is to be.
@NullMarked
class PrebuiltTest {
    @Tag("opencl")
    @ParameterizedTest
    @ValueSource(strings = {"lenet5", "dilated", "mlp"})
    void whole_networks_are_right(String network) {
        PrebuiltDevice device = PrebuiltDevice.of(SampleTargets.AVX2);
        Verified.bounded(Zoo.graph(network, 1, 7), device);
        Verified.exact(Zoo.graph(network, 1, 7), device);
    }

    @Test
    void kernels_of_one_text_are_one() {
        Program program = Sinter.program(GraphParser.parse("""
            sinter.graph 1
            graph twice {
            %x: f32[4,64] = input
            %a = relu(%x)
            %b = softmax(%a) axis=1
            %c = relu(%b)
            %d = softmax(%c) axis=1
            return %d
            }
            """, "twice"), SampleTargets.AVX2, CompileOptions.DEFAULT);
        PrebuiltProgram prebuilt = new PrebuiltProgram(program.kernels());
        long different =
                program.kernels().stream().map(prebuilt::number).distinct().count();
        assertTrue(different < program.kernels().size());
        assertEquals(
                different,
                prebuilt.source(16)
                        .lines()
                        .filter(line -> line.contains(" case "))
                        .count());
    }

    @Test
    void kernels_with_work_groups_are_refused() {
        Program program = Sinter.program(Zoo.graph("lenet5", 1, 1), SampleTargets.GPU, CompileOptions.DEFAULT);
        CompileException fault = assertThrows(CompileException.class, () -> new PrebuiltProgram(program.kernels()));
        assertTrue(fault.getMessage().contains("--tornado-form bytecode"), fault::getMessage);
    }
}
