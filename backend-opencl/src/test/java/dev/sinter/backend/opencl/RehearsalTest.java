package dev.sinter.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.BuildProgress;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.MemoryLimit;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class RehearsalTest {
    private static final Shape IMAGE = Shape.of(1, 8, 6, 6);

    @Parameter
    private Drivers driver;

    private Device device;

    @BeforeEach
    void device() {
        device = driver.device();
    }

    private static Tensor numbers(Shape shape, int seed) {
        float[] numbers = new float[Math.toIntExact(shape.elements())];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (i * 7 + seed) % 5 - 2;
        }
        return Tensor.ofFloats(shape, numbers);
    }

    /// Convolutions of one shape, the middle ones of one layout too, each of other weights.
    private static Graph network() {
        Graph.Builder builder = Graph.builder("four");
        Value value = builder.input("image", numbers(IMAGE, 0).type());
        int seed = 1;
        for (long size : List.of(1L, 1L, 1L, 1L)) {
            Value weight = builder.constant("weight" + seed, numbers(Shape.of(8, 8, size, size), seed));
            value = builder.add("conv" + seed++, Conv.of(1, size / 2), value, weight);
        }
        return builder.output(value).build();
    }

    private static List<BuildProgress> progress(List<Trace.Event> events) {
        return events.stream()
                .flatMap(event -> BuildProgress.of(event).stream())
                .toList();
    }

    @Test
    void every_kernel_is_built_when_compiling_returns_and_those_that_are_the_same_once() {
        List<Trace.Event> events = new ArrayList<>();
        CompileOptions options =
                CompileOptions.DEFAULT.withTrace(events::add).withoutFusion().withIntermediatesKept();
        try (Executable executable = Sinter.compile(network(), device, options)) {
            SameKernels same = new SameKernels(executable.program().kernels(), ((OpenClDevice) device).dialect());
            long different = executable.program().kernels().stream()
                    .filter(kernel -> same.representative(kernel) == kernel)
                    .count();
            List<BuildProgress> told = progress(events);
            assertEquals(different, told.size());
            assertTrue(different < executable.program().kernels().size(), "kernels of one shape are the same");
            assertEquals(new BuildProgress(told.size(), told.size()), told.getLast());
            assertTrue(events.stream().anyMatch(event -> event.name().equals("built " + different + " kernels")));
            events.clear();
            executable.run(numbers(IMAGE, 3));
            assertEquals(List.of(), progress(events));
        }
    }

    @Test
    void layers_that_share_a_kernel_have_their_own_weights_and_runs_their_own_inputs() {
        Graph network = network();
        try (Executable executable = Sinter.compile(network, device)) {
            for (int seed : List.of(3, 4)) {
                Tensor image = numbers(IMAGE, seed);
                Tensor expected =
                        Interpreter.run(network, Map.of("image", image)).get("conv4");
                // Small integers: no sum rounds.
                assertArrayEquals(expected.toFloats(), executable.run(image).toFloats(), 0);
            }
        }
    }

    @Test
    void a_closed_executable_makes_no_contexts() {
        Executable executable = Sinter.compile(network(), device);
        executable.close();
        assertThrows(IllegalStateException.class, executable::newContext);
        assertThrows(IllegalStateException.class, () -> executable.run(numbers(IMAGE, 3)));
    }

    @Test
    void a_network_that_needs_more_memory_than_the_device_has_is_refused() {
        long side = 20_000;
        long layers = device.target().memoryBytes() / (side * side * 4) + 2;
        Graph.Builder builder = Graph.builder("large");
        Value value = builder.input("image", TensorType.float32(1, 1, side, side));
        for (int layer = 0; layer < layers; layer++) {
            value = builder.add("layer" + layer, new Unary(Unary.Kind.EXP), value);
        }
        Graph large = builder.output(value).build();
        CompileOptions options = CompileOptions.DEFAULT.withoutFusion().withIntermediatesKept();
        CompileException fault = assertThrows(
                CompileException.class,
                () -> MemoryLimit.within(Long.MAX_VALUE, () -> Sinter.compile(large, device, options)));
        assertEquals(Code.DEVICE_MEMORY, fault.code());
        assertTrue(fault.fact().contains("needs") && fault.fact().contains("but the device has"), fault.fact());
    }
}
