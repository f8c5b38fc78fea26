package dev.sinter.frontend.onnx;

import dev.sinter.frontend.onnx.file.ExternalData;
import dev.sinter.frontend.onnx.file.OnnxFile;
import dev.sinter.frontend.onnx.file.TensorDecoder;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.Tensor;
import java.nio.file.Path;
import java.util.Optional;

/// Tensors in files of their own, such as the `.pb` files with inputs and outputs beside ONNX's test models.
public final class OnnxTensors {
    private OnnxTensors() {}

    /// The tensor in a file, in the type that it is written in (but f32 for bfloat16).
    ///
    /// @throws CompileException if the file is not there, or holds no such tensor
    public static Tensor read(Path file) {
        ExternalData external =
                new ExternalData(Optional.ofNullable(file.toAbsolutePath().getParent()));
        return TensorDecoder.decode(OnnxFile.tensor(file), file.toString(), external);
    }
}
