package dev.sinter.tests.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.sinter.frontend.Model;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.Requirements;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A trained network on real pictures: its classes must be those that ONNX Runtime finds, in the same order.
@NullMarked
class SqueezeNetTest {
    private static final int SIZE = 224;

    /// What the network was trained to have subtracted from blue, green and red.
    private static final double[] MEANS = {103.94, 116.78, 123.68};

    @Tag("opencl")
    @Test
    void the_five_best_classes_are_those_of_onnx_runtime_on_opencl() throws Exception {
        fiveBestClassesAgree(Devices.OPENCL);
    }

    @Test
    void the_five_best_classes_are_those_of_onnx_runtime_on_the_jvm() throws Exception {
        fiveBestClassesAgree(Devices.JVM);
    }

    private static void fiveBestClassesAgree(String backend) throws Exception {
        Path folder = Requirements.sharedData().resolve("models/squeezenet-fp16");
        Graph graph = Model.read(folder.resolve("model.onnx")).graph();
        byte[] model = Files.readAllBytes(folder.resolve("model.onnx"));
        Map<String, Integer> classes = new LinkedHashMap<>(Map.of("cat", 285, "dog", 207, "hummingbird", 94));
        try (Executable executable = Sinter.compile(graph, Devices.of(backend))) {
            for (Map.Entry<String, Integer> picture : classes.entrySet()) {
                Tensor input = picture(folder.resolve(picture.getKey() + ".jpg"));
                List<Integer> ours = fiveBest(executable.run(input).toFloats());
                assertEquals(fiveBest(theirs(model, graph.inputs().getFirst().name(), input)), ours, picture.getKey());
                assertEquals(picture.getValue(), ours.getFirst(), picture.getKey());
            }
        }
    }

    private static List<Integer> fiveBest(float[] scores) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(index -> -scores[index]))
                .limit(5)
                .toList();
    }

    /// The middle of a picture as the network wants it, in numbers that half precision has, so that both get the same.
    private static Tensor picture(Path file) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        double scale = Math.min(image.getWidth(), image.getHeight()) / 256.0;
        double left = (image.getWidth() - SIZE * scale) / 2;
        double top = (image.getHeight() - SIZE * scale) / 2;
        Tensor tensor = Tensor.allocate(TensorType.of(ElementType.FLOAT16, 1, 3, SIZE, SIZE));
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                int pixel = image.getRGB((int) (left + x * scale), (int) (top + y * scale));
                for (int channel = 0; channel < MEANS.length; channel++) {
                    int shade = pixel >> 8 * channel & 0xff;
                    tensor.set(((long) channel * SIZE + y) * SIZE + x, shade - MEANS[channel]);
                }
            }
        }
        return tensor.converted(ElementType.FLOAT32);
    }

    private static float[] theirs(byte[] model, String inputName, Tensor input) throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        ShortBuffer halves = input.converted(ElementType.FLOAT16)
                .data()
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asShortBuffer();
        try (OrtSession session = environment.createSession(model);
                OnnxTensor fed = OnnxTensor.createTensor(
                        environment, halves, new long[] {1, 3, SIZE, SIZE}, ai.onnxruntime.OnnxJavaType.FLOAT16);
                OrtSession.Result result = session.run(Map.of(inputName, fed))) {
            FloatBuffer scores = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] copy = new float[scores.remaining()];
            scores.get(copy);
            return copy;
        }
    }
}
