package dev.sinter.backend.jvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sinter.ir.exec.Workers;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.type.TensorType;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SharedKernelTest {
    private static final Kernel KERNEL = Planned.kernels(
                    Conv.of(1, 1), 8, TensorType.float32(1, 8, 24, 24), TensorType.float32(16, 8, 3, 3))
            .getFirst();

    private static Object[] buffers() {
        Random random = new Random(1);
        return KERNEL.arguments().stream()
                .map(argument -> {
                    float[] array = new float[(int) argument.buffer().elements()];
                    for (int i = 0; i < array.length && !argument.written(); i++) {
                        array[i] = (float) random.nextGaussian();
                    }
                    return array;
                })
                .toArray();
    }

    private static Workers.Task task(JvmKernel kernel, Object[] buffers) {
        return new Workers.Task(kernel.workItems(), (from, until, _) -> kernel.run(buffers, from, until));
    }

    @Test
    void any_number_of_threads_computes_the_same_bits() {
        JvmKernel kernel = JvmKernel.compile(KERNEL);
        int output = KERNEL.arguments().indexOf(KERNEL.outputs().getFirst());
        Object[] alone = buffers();
        kernel.run(alone, 0, kernel.workItems());
        for (int threads : new int[] {1, 2, 3, 8}) {
            try (Workers workers = new Workers(threads)) {
                for (int run = 0; run < 50; run++) {
                    Object[] shared = buffers();
                    workers.run(task(kernel, shared));
                    assertArrayEquals((float[]) alone[output], (float[]) shared[output], 0);
                }
            }
        }
    }

    @Test
    void a_failure_of_any_thread_is_the_callers() {
        JvmKernel kernel = JvmKernel.compile(KERNEL);
        Object[] small = KERNEL.arguments().stream().map(_ -> new float[1]).toArray();
        try (Workers workers = new Workers(4)) {
            assertThrows(IndexOutOfBoundsException.class, () -> workers.run(task(kernel, small)));
        }
    }
}
