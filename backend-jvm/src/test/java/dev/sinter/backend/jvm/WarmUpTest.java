package dev.sinter.backend.jvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.op.Conv;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private static Kernel kernel(long columns) {
        return new TiledConv(
                        List.of(1L, 16L, 28L, 28L),
                        List.of(32L, 16L, 3L, 3L),
                        Conv.of(1, 1),
                        Optional.empty(),
                        16,
                        columns,
                        true,
                        false)
                .kernel();
    }

    @Test
    void a_kernel_that_was_warmed_up_computes_the_same_bits() {
        Kernel kernel = kernel(7);
        Random random = new Random(1);
        Object[] buffers = kernel.arguments().stream()
                .map(argument -> {
                    float[] array = new float[(int) argument.buffer().elements()];
                    for (int i = 0; i < array.length && !argument.written(); i++) {
                        array[i] = (float) random.nextGaussian();
                    }
                    return array;
                })
                .toArray();
        int output = kernel.arguments().indexOf(kernel.outputs().getFirst());
        JvmKernel cold = JvmKernel.compile(kernel);
        cold.run(buffers, 0, cold.workItems());
        float[] expected = ((float[]) buffers[output]).clone();

        JvmKernel warm = JvmKernel.compile(kernel);
        Map<JvmKernel, Object[]> kernels = new IdentityHashMap<>();
        kernels.put(warm, buffers);
        WarmUp.run(kernels);
        warm.run(buffers, 0, warm.workItems());
        assertArrayEquals(expected, (float[]) buffers[output], 0);
    }

    @Test
    void kernels_that_do_the_same_share_a_class() {
        KernelClasses classes = new KernelClasses();
        assertSame(classes.of(kernel(7)), classes.of(kernel(7)));
        assertNotSame(classes.of(kernel(7)), classes.of(kernel(4)));
    }
}
