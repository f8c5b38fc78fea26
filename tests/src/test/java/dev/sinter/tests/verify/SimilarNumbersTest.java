package dev.sinter.tests.verify;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.verify.Verification;
import dev.sinter.ir.verify.VerificationReport;
import dev.sinter.tests.support.Devices;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Pools of pictures that are almost of one colour: devices compute them right, and no bound may say otherwise.
@NullMarked
class SimilarNumbersTest {
    private static final int CHANNELS = 16;

    @Test
    void pools_on_the_jvm_are_not_suspect() {
        verify(Devices.of(Devices.JVM));
    }

    @Tag("opencl")
    @Test
    void pools_of_opencl_are_not_suspect() {
        verify(Devices.of(Devices.OPENCL));
    }

    private static void verify(Device device) {
        for (int extent : List.of(7, 56, 80, 160)) {
            for (String pool : List.of(
                    "reduce_mean(%x) axes=[2,3] keep_dims=true",
                    "average_pool(%x) kernel=[EXTENT,EXTENT] strides=[1,1] pads=[0,0,0,0]",
                    "conv(%x, %w) strides=[1,1] pads=[0,0,0,0] dilations=[1,1] groups=1")) {
                verify(device, pool, extent);
            }
        }
    }

    private static void verify(Device device, String pool, int extent) {
        String weights = pool.startsWith("conv") ? "%w: f32[1,16,EXTENT,EXTENT] = constant splat 0.03\n" : "";
        String text = ("sinter.graph 1\ngraph pool {\n%x: f32[1,16,EXTENT,EXTENT] = input\n" + weights + "%y = " + pool
                        + "\nreturn %y\n}\n")
                .replace("EXTENT", String.valueOf(extent));
        Graph graph = GraphParser.parse(text, "pool");
        try (Executable executable = Sinter.compile(graph, device)) {
            for (double spread : List.of(0.0, 1e-4, 1e-3, 1e-2)) {
                Tensor picture = picture(extent, spread);
                VerificationReport report = Verification.bounded(executable, Map.of("x", picture), _ -> {});
                assertTrue(
                        report.passed(),
                        () -> pool + ", extent " + extent + ", spread " + spread + ": " + report.verdicts());
            }
        }
    }

    /// Every channel has a colour of its own, that changes a little from its first pixel to the last.
    private static Tensor picture(int extent, double spread) {
        Random random = new Random(extent);
        int pixels = extent * extent;
        float[] picture = new float[CHANNELS * pixels];
        for (int channel = 0; channel < CHANNELS; channel++) {
            double colour = random.nextDouble(0.1, 3);
            for (int pixel = 0; pixel < pixels; pixel++) {
                picture[channel * pixels + pixel] = (float) (colour * (1 + spread * pixel / pixels));
            }
        }
        return Tensor.ofFloats(Shape.of(1, CHANNELS, extent, extent), picture);
    }
}
