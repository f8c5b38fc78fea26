package dev.sinter.frontend.onnx;

import static dev.sinter.frontend.onnx.OnnxBuilder.integer;
import static dev.sinter.frontend.onnx.OnnxBuilder.ints;
import static dev.sinter.frontend.onnx.OnnxBuilder.opset;
import static dev.sinter.frontend.onnx.OnnxBuilder.text;

import dev.sinter.ir.diag.CompileException;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.NullMarked;

/// Whatever becomes of a file, the answer is a valid graph or a message for its user.
@NullMarked
class DamagedModelsTest {
    private static final byte[] MODEL = opset(13)
            .input("x", "N", 3, 8, 8)
            .floats("w", 4, 3, 3, 3)
            .floats("b", 4)
            .integers("target", 0, -1)
            .node("Conv", "x w b", "c", ints("pads", 1, 1, 1, 1), ints("strides", 1, 1))
            .node("Relu", "c", "r")
            .node("MaxPool", "r", "p", ints("kernel_shape", 2, 2), text("auto_pad", "SAME_UPPER"))
            .node("Shape", "p", "s")
            .node("Reshape", "p target", "f")
            .node("Softmax", "f", "y", integer("axis", 1))
            .output("y")
            .message()
            .build()
            .toByteArray();

    private static void importOrRefuse(byte[] bytes) {
        try {
            OnnxModel.parse(bytes, "damaged").graph();
        } catch (CompileException expected) {
            // The only exception that may leave the importer.
        }
    }

    @Property(tries = 3000, seed = "1")
    void changed_bytes_are_imported_or_refused(@ForAll Random random) {
        byte[] bytes = MODEL.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        importOrRefuse(bytes);
    }

    @Property(tries = 500, seed = "1")
    void moved_bytes_are_imported_or_refused(@ForAll Random random) {
        byte[] bytes = MODEL.clone();
        int length = random.nextInt(40);
        System.arraycopy(
                MODEL, random.nextInt(MODEL.length - length), bytes, random.nextInt(MODEL.length - length), length);
        importOrRefuse(bytes);
    }

    @Property(tries = 500, seed = "1")
    void truncated_files_are_imported_or_refused(@ForAll Random random) {
        importOrRefuse(Arrays.copyOf(MODEL, random.nextInt(MODEL.length)));
    }
}
