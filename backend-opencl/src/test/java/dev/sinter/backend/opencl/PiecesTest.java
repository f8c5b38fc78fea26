package dev.sinter.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.kernel.Launch;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PiecesTest {
    /// More than PoCL keeps loaded by itself.
    private static final int KERNELS = 140;

    private static Launch launch(long... groups) {
        List<Launch.Dimension> dimensions = new ArrayList<>();
        for (long extent : groups) {
            dimensions.add(new Launch.Dimension(new Axis("group", extent), new Axis("item", 1)));
        }
        return new Launch.NdRange(dimensions);
    }

    @Test
    void the_longest_dimension_is_divided_and_comes_last() {
        Pieces pieces = Pieces.of(launch(4, 28, 9));
        assertEquals(28, pieces.most());
        assertEquals(Pieces.DIVIDED, pieces.place(1));
        assertArrayEquals(new long[] {4, 9, 28}, pieces.sizes());
    }

    @Test
    void short_launches_have_three_dimensions_too() {
        assertArrayEquals(new long[] {1, 1, 7}, Pieces.of(launch(7)).sizes());
        assertArrayEquals(new long[] {3, 1, 5}, Pieces.of(launch(5, 3)).sizes());
        assertEquals(1, Pieces.of(new Launch.SingleTask()).most());
    }

    @Test
    void work_groups_stay_whole() {
        Launch launch = new Launch.NdRange(List.of(new Launch.Dimension(new Axis("group", 6), new Axis("item", 4))));
        Pieces pieces = Pieces.of(launch);
        assertEquals(6, pieces.most());
        assertArrayEquals(new long[] {1, 1, 24}, pieces.sizes());
        assertArrayEquals(new long[] {1, 1, 4}, pieces.group());
    }

    private static Tensor numbers(Shape shape, int seed) {
        float[] numbers = new float[Math.toIntExact(shape.elements())];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (i * 7 + seed) % 3 - 1;
        }
        return Tensor.ofFloats(shape, numbers);
    }

    /// Convolutions that all differ in size, so that none shares another's kernel.
    private static Graph network() {
        Graph.Builder builder = Graph.builder("many");
        Value image = builder.input("image", numbers(Shape.of(1, 2, 40, 8), 0).type());
        for (int i = 0; i < KERNELS; i++) {
            int window = 1 + i % 20;
            int channels = 1 + i / 20;
            Value weight = builder.constant("weight" + i, numbers(Shape.of(channels, 2, window, 1), i));
            builder.output(builder.add("conv" + i, Conv.of(1, 0), image, weight));
        }
        return builder.build();
    }

    @Test
    void networks_of_many_kernels_run_in_several_threads_at_once() {
        OpenClDevice device = Drivers.CALLER.device();
        Graph network = network();
        Tensor image = numbers(Shape.of(1, 2, 40, 8), 1);
        Map<String, Tensor> expected = Interpreter.run(network, Map.of("image", image));
        try (Executable executable = Sinter.compile(network, device)) {
            assertTrue(executable.program().kernels().size() >= KERNELS);
            List<CompletableFuture<Void>> runs = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                runs.add(CompletableFuture.runAsync(() -> {
                    for (int run = 0; run < 20; run++) {
                        Map<String, Tensor> results = executable.run(Map.of("image", image));
                        expected.forEach((name, tensor) -> assertArrayEquals(
                                tensor.toFloats(), results.get(name).toFloats(), 0, name));
                    }
                }));
            }
            runs.forEach(CompletableFuture::join);
        }
    }
}
