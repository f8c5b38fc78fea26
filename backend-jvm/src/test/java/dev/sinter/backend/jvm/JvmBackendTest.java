package dev.sinter.backend.jvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.exec.Backend;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.RunContext;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.Flatten;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.Softmax;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JvmBackendTest {
    private static final TensorType IMAGE = TensorType.float32(1, 3, 16, 16);

    private static Device device() {
        return ServiceLoader.load(Backend.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(backend -> backend.name().equals("jvm"))
                .flatMap(backend -> backend.devices().stream())
                .findFirst()
                .orElseThrow();
    }

    private static Graph network() {
        Graph.Builder builder = Graph.builder("small");
        Value image = builder.input("image", IMAGE);
        Value weights = builder.constant("w", RandomTensors.heNormal(TensorType.float32(20, 3, 3, 3), 1));
        Value bias = builder.constant("b", RandomTensors.normal(TensorType.float32(20), 0, 1, 2));
        Value conv = builder.add("conv", Conv.of(1, 1), image, weights, bias);
        Value relu = builder.add("relu", Unary.RELU, conv);
        Value pool = builder.add("pool", new MaxPool(Window.square(2, 2)), relu);
        Value flat = builder.add("flatten", new Flatten(1), pool);
        Value classes = builder.constant("fc", RandomTensors.heNormal(TensorType.float32(10, 20 * 64), 3));
        Value logits = builder.add("logits", Gemm.FULLY_CONNECTED, flat, classes);
        return builder.output(builder.add("softmax", new Softmax(1), logits)).build();
    }

    private static Tensor image(long seed) {
        return RandomTensors.normal(IMAGE, 0, 1, seed);
    }

    @Test
    void the_device_says_what_it_is() {
        Device device = device();
        assertEquals("jvm:0", device.id());
        assertEquals(VectorLanes.preferred(), device.target().vectorLanes());
        assertTrue(device.details().containsKey("float vector"));
    }

    @Test
    void a_convolution_of_integers_is_exact() {
        Graph.Builder builder = Graph.builder("conv");
        Value x = builder.input("x", TensorType.float32(1, 2, 4, 4));
        Value w = builder.constant("w", Tensor.ofFloats(Shape.of(1, 2, 1, 1), 3, -2));
        Graph graph = builder.output(builder.add("conv", Conv.of(1, 0), x, w)).build();
        float[] values = new float[32];
        float[] expected = new float[16];
        for (int i = 0; i < 16; i++) {
            values[i] = i;
            values[i + 16] = 5 - i;
            expected[i] = 3 * i - 2 * (5 - i);
        }
        try (Executable executable = Sinter.compile(graph, device())) {
            Tensor result = executable.run(Tensor.ofFloats(Shape.of(1, 2, 4, 4), values));
            assertArrayEquals(expected, result.toFloats());
        }
    }

    @Test
    void the_same_input_gives_the_same_bits_before_and_after_hotspot_compiled_the_kernels() {
        try (Executable executable = Sinter.compile(network(), device())) {
            Tensor first = executable.run(image(1));
            assertEquals(
                    1, IntStream.range(0, 10).mapToDouble(first::get).sum(), 1e-5, "probabilities do not add up to 1");
            for (int run = 0; run < 1000; run++) {
                assertTrue(first.sameBits(executable.run(image(1))), "run " + run);
            }
        }
    }

    @Test
    void results_are_left_in_the_callers_memory() {
        try (Executable executable = Sinter.compile(network(), device())) {
            Tensor mine = Tensor.allocate(TensorType.float32(1, 10));
            executable.run(Map.of("image", image(1)), Map.of("softmax", mine));
            assertTrue(executable.run(image(1)).sameBits(mine));
            Tensor narrow = Tensor.allocate(TensorType.float32(1, 9));
            CompileException shape = assertThrows(
                    CompileException.class, () -> executable.run(Map.of("image", image(1)), Map.of("softmax", narrow)));
            assertTrue(shape.getMessage().contains("[1,9] but the network yields [1,10]"), shape.getMessage());
            CompileException name = assertThrows(
                    CompileException.class, () -> executable.run(Map.of("image", image(1)), Map.of("other", mine)));
            assertTrue(name.getMessage().contains("is no output of this network"), name.getMessage());
        }
    }

    @Test
    void runs_at_the_same_time_do_not_disturb_each_other() {
        try (Executable executable = Sinter.compile(network(), device())) {
            List<Tensor> alone = IntStream.range(0, 8)
                    .mapToObj(i -> executable.run(image(i)))
                    .toList();
            List<CompletableFuture<Map<String, Tensor>>> together = Stream.iterate(0, i -> i + 1)
                    .limit(64)
                    .map(i -> executable.runAsync(Map.of("image", image(i % 8))))
                    .toList();
            for (int i = 0; i < together.size(); i++) {
                Tensor result = together.get(i).join().get("softmax");
                assertTrue(alone.get(i % 8).sameBits(result), "run " + i);
            }
        }
    }

    @Test
    void a_context_tells_the_time_of_each_kernel_and_what_lies_between() {
        CompileOptions options = CompileOptions.DEFAULT.withIntermediatesKept();
        try (Executable executable = Sinter.compile(network(), device(), options);
                RunContext context = executable.newContext()) {
            context.write(executable.inputs().getFirst(), image(1));
            executable.steps().forEach(context::start);
            context.finish();
            long kernels = executable.steps().stream()
                    .map(Step::kernels)
                    .mapToLong(List::size)
                    .sum();
            assertEquals(kernels, context.times().size());
            Tensor output = context.read(executable.outputs().getFirst());
            assertTrue(output.sameBits(executable.run(image(1))));
        }
    }

    @Test
    void half_precision_is_refused() {
        Graph.Builder builder = Graph.builder("half");
        Value x = builder.input("x", TensorType.of(ElementType.FLOAT16, 8));
        Graph graph = builder.output(builder.add("relu", Unary.RELU, x)).build();
        CompileException refused = assertThrows(CompileException.class, () -> Sinter.compile(graph, device()));
        assertEquals(Code.TYPE_ELEMENT, refused.code());
    }
}
