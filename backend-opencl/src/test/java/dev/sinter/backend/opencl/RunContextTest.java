package dev.sinter.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.RunContext;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.Window;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunContextTest {
    private static final Shape IMAGE = Shape.of(1, 3, 20, 20);

    private static Tensor numbers(Shape shape, int seed) {
        float[] numbers = new float[Math.toIntExact(shape.elements())];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (i * 7 + seed) % 5 - 2;
        }
        return Tensor.ofFloats(shape, numbers);
    }

    /// An input with a halo, a blocked tensor in between, and a result in plain order; small integers, so that no sum
    /// rounds.
    private static Graph network() {
        Graph.Builder builder = Graph.builder("small");
        Value image = builder.input("image", numbers(IMAGE, 0).type());
        Value first = builder.constant("first", numbers(Shape.of(48, 3, 5, 5), 1));
        Value conv = builder.add("conv", Conv.of(1, 2), image, first);
        Value pool = builder.add("pool", new MaxPool(Window.square(2, 2)), builder.add("relu", Unary.RELU, conv));
        Value second = builder.constant("second", numbers(Shape.of(4, 48, 1, 1), 2));
        return builder.output(builder.add("last", Conv.of(1, 0), pool, second)).build();
    }

    private static Map<String, Tensor> expected(Graph network, Tensor image) {
        return Interpreter.run(network, Map.of("image", image));
    }

    @ParameterizedTest
    @EnumSource
    void results_are_right_wherever_they_are_left(Drivers driver) {
        Graph network = network();
        try (Executable executable = Sinter.compile(network, driver.device())) {
            for (int seed : List.of(3, 4)) {
                Tensor image = numbers(IMAGE, seed);
                float[] right = expected(network, image).get("last").toFloats();
                assertArrayEquals(right, executable.run(image).toFloats(), 0);
                Tensor mine = Tensor.allocate(executable.outputs().getFirst().type());
                executable.run(Map.of("image", image), Map.of("last", mine));
                assertArrayEquals(right, mine.toFloats(), 0);
                Tensor onHeap = Tensor.of(mine.type(), MemorySegment.ofArray(new float[right.length]));
                executable.run(Map.of("image", image), Map.of("last", onHeap));
                assertArrayEquals(right, onHeap.toFloats(), 0);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void times_are_those_of_the_kernels_in_order(Drivers driver) {
        try (Executable executable = Sinter.compile(network(), driver.device());
                RunContext context = executable.newContext()) {
            context.write(executable.inputs().getFirst(), numbers(IMAGE, 3));
            for (int run = 0; run < 2; run++) {
                executable.steps().forEach(context::start);
                context.finish();
                List<RunContext.KernelTime> times = context.times();
                assertEquals(
                        executable.program().kernels().stream()
                                .map(kernel -> kernel.name())
                                .toList(),
                        times.stream().map(RunContext.KernelTime::kernel).toList());
                long before = 0;
                for (RunContext.KernelTime time : times) {
                    assertTrue(before <= time.startNanos() && time.startNanos() <= time.endNanos(), times::toString);
                    before = time.endNanos();
                }
                assertEquals(List.of(), context.times(), "they are told once");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_lies_between_can_be_read_and_what_one_run_leaves_be_the_next_ones(Drivers driver) {
        Graph.Builder builder = Graph.builder("counter");
        Value before = builder.input("before", numbers(Shape.of(1, 2, 6, 6), 0).type());
        Value weight = builder.constant("weight", numbers(Shape.of(2, 2, 3, 3), 1));
        Value middle = builder.add("middle", Conv.of(1, 1), before, weight);
        Value after = builder.add("after", Unary.RELU, middle);
        Graph network = builder.output(after).build();
        CompileOptions kept = CompileOptions.DEFAULT.withoutFusion().withIntermediatesKept();
        try (Executable executable = Sinter.compile(network, driver.device(), kept);
                RunContext context = executable.newContext()) {
            Tensor image = numbers(before.type().shape(), 3);
            context.write(before, image);
            for (int run = 0; run < 2; run++) {
                for (Step step : executable.steps()) {
                    context.start(step);
                }
                context.finish();
                Tensor right = Interpreter.run(network, Map.of("before", image)).get("after");
                assertArrayEquals(right.toFloats(), context.read(after).toFloats(), 0);
                float[] between = context.read(middle).toFloats();
                for (int i = 0; i < between.length; i++) {
                    assertEquals(right.toFloats()[i], Math.max(0, between[i]), 0);
                }
                context.copy(after, before);
                context.finish();
                image = right;
            }
        }
    }
}
