package dev.sinter.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.verify.Verification;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.EvaluatorDevice;
import dev.sinter.tests.support.SampleTargets;
import dev.sinter.tests.support.WorkItemsDevice;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Truth values are bytes, and whoever feeds a network may write others than 0 and 1: any but zero is true, everywhere.
@NullMarked
class TruthValuesTest {
    private static final int ROWS = 5;
    private static final int COLUMNS = 35;

    private static final Graph GRAPH = Sample.of("truth_values", """
        %a: bool[5,35] = input
        %b: bool[5,35] = input
        %x: f32[5,35] = input
        %zero: f32[] = constant [0]
        %and = and(%a, %b)
        %or = or(%a, %b)
        %xor = xor(%a, %b)
        %not = not(%a)
        %equal = equal(%a, %b)
        %less = less(%a, %b)
        %chosen = where(%a, %x, %zero)
        %transposed = transpose(%a) permutation=[1,0]
        %turned = not(%transposed)
        %number = cast(%a) element=float32
        %whole = cast(%b) element=int32
        return %and, %or, %xor, %not, %equal, %less, %chosen, %turned, %number, %whole\
        """).graph();

    @ParameterizedTest
    @ValueSource(strings = {"avx512", "scalar", "gpu", "fpga"})
    void kernels_take_any_byte_but_zero_for_true(String target) {
        check(new EvaluatorDevice(SampleTargets.named(target)));
    }

    @Test
    void the_jvm_takes_any_byte_but_zero_for_true() {
        check(Devices.of(Devices.JVM));
    }

    @Test
    void work_items_take_any_byte_but_zero_for_true() {
        check(new WorkItemsDevice(SampleTargets.GPU));
    }

    @Tag("opencl")
    @Test
    void opencl_takes_any_byte_but_zero_for_true() {
        check(Devices.of(Devices.OPENCL));
    }

    private static void check(Device device) {
        Map<String, Tensor> inputs = Map.of(
                "a", bytes(1, (byte) 2),
                "b", bytes(3, (byte) -128),
                "x", RandomTensors.normal(TensorType.float32(ROWS, COLUMNS), 0, 1, 3));
        for (CompileOptions options : new CompileOptions[] {CompileOptions.DEFAULT, Conformance.APART}) {
            try (Executable executable = Sinter.compile(GRAPH, device, options)) {
                assertEquals(
                        Optional.empty(),
                        Verification.bounded(executable, inputs, _ -> {}).firstFailure());
                executable.run(inputs).forEach((name, tensor) -> assertTrue(isClean(tensor), name));
            }
        }
    }

    /// Zeros and others, the pattern depending on `step`.
    private static Tensor bytes(int step, byte other) {
        Tensor tensor = Tensor.allocate(TensorType.of(ElementType.BOOL, ROWS, COLUMNS));
        for (int i = 0; i < ROWS * COLUMNS; i++) {
            byte value = (byte) (i / step % 3 == 0 ? 0 : i / step % 3 == 1 ? 1 : other);
            tensor.data().set(ValueLayout.JAVA_BYTE, i, value);
        }
        return tensor;
    }

    /// What a kernel made of truth values is 0 or 1.
    private static boolean isClean(Tensor tensor) {
        if (tensor.type().element() != ElementType.BOOL) {
            return true;
        }
        for (long i = 0; i < tensor.shape().elements(); i++) {
            byte value = tensor.data().get(ValueLayout.JAVA_BYTE, i);
            if (value != 0 && value != 1) {
                return false;
            }
        }
        return true;
    }
}
