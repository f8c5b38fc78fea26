package dev.sinter.ir.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KernelFlipTest {
    private static final float[][] INPUT = {{1, 0, 2}, {3, 1, 0}, {0, 2, 1}};
    private static final float[][] KERNEL = {{1, 2}, {0, -1}};

    /// By the definitions: y\[i] = Σ x\[i + k]·w\[k] for cross-correlation, Σ x\[i - k]·w\[k] for convolution, where
    /// the kernel stands inside the input.
    private static float[] byDefinition(boolean convolution) {
        float[] result = new float[4];
        for (int row = 0; row < 2; row++) {
            for (int column = 0; column < 2; column++) {
                for (int i = 0; i < 2; i++) {
                    for (int j = 0; j < 2; j++) {
                        float x = convolution ? INPUT[row + 1 - i][column + 1 - j] : INPUT[row + i][column + j];
                        result[2 * row + column] += x * KERNEL[i][j];
                    }
                }
            }
        }
        return result;
    }

    @Test
    void a_layer_computes_the_cross_correlation() {
        assertArrayEquals(byDefinition(false), KernelFlip.example().layer().toFloats());
    }

    @Test
    void a_layer_with_its_kernel_turned_computes_the_convolution() {
        assertArrayEquals(byDefinition(true), KernelFlip.example().convolution().toFloats());
    }

    @Test
    void the_two_differ_for_an_asymmetric_kernel_and_agree_for_a_symmetric_one() {
        KernelFlip example = KernelFlip.example();
        assertFalse(
                Arrays.equals(example.layer().toFloats(), example.convolution().toFloats()));
        KernelFlip symmetric = KernelFlip.of(example.input(), Tensor.ofFloats(Shape.of(1, 1, 2, 2), 1, 2, 2, 1));
        assertArrayEquals(symmetric.layer().toFloats(), symmetric.convolution().toFloats());
    }
}
