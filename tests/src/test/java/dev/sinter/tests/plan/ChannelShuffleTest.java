package dev.sinter.tests.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.schedule.Target;
import dev.sinter.tests.support.EvaluatorDevice;
import dev.sinter.tests.support.SampleTargets;
import dev.sinter.tests.verify.Verified;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is shuffled is padded by another reader, so it has room around it unless a reshape by itself reads its bytes.
@NullMarked
class ChannelShuffleTest {
    private static final Graph GRAPH = GraphParser.parse("""
        sinter.graph 1
        graph shuffled {
          %x: f32[1,6,8,8] = input
          %w: f32[6,6,1,1] = constant random 1
          %a = conv(%x, %w)
          %r = reshape(%a) shape=[1,2,3,8,8]
          %t = transpose(%r) permutation=[0,2,1,3,4]
          %s = reshape(%t) shape=[1,6,8,8]
          %v: f32[6,1,3,3] = constant random 2
          %y = conv(%s, %v) pads=[1,1,1,1] groups=6
          %u: f32[6,6,3,3] = constant random 3
          %z = conv(%a, %u) pads=[1,1,1,1]
          return %y, %z
        }
        """, "shuffled.sir");

    private static void verify(Target target, CompileOptions options, int kernels) {
        Device device = new EvaluatorDevice(target);
        try (Executable executable = Sinter.compile(GRAPH, device, options)) {
            assertEquals(kernels, executable.program().kernels().size());
            Verified.bounded(executable);
        }
        Verified.exact(GRAPH, device, options);
    }

    private static Target target(String name) {
        return name.equals("gpu") ? SampleTargets.GPU : SampleTargets.AVX512;
    }

    @ParameterizedTest
    @ValueSource(strings = {"avx512", "gpu"})
    void it_is_part_of_the_convolution(String name) {
        verify(target(name), CompileOptions.DEFAULT, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"avx512", "gpu"})
    void without_fusion_it_is_one_kernel_between_two_reshapes(String name) {
        verify(target(name), CompileOptions.DEFAULT.withoutFusion(), 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void where_kernels_have_no_room_for_all_of_it_some_reshapes_stay_by_themselves(int operators) {
        verify(SampleTargets.AVX512.withLimits(new Target.Limits(64, operators)), CompileOptions.DEFAULT, 4);
        verify(SampleTargets.GPU.withLimits(new Target.Limits(64, operators)), CompileOptions.DEFAULT, 4);
    }
}
