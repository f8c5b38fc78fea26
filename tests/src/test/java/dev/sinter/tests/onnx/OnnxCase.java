package dev.sinter.tests.onnx;

import dev.sinter.frontend.onnx.OnnxTensors;
import dev.sinter.frontend.port.Port;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/// A model with inputs and the outputs that it must yield, in the layout of ONNX's own tests: `model.onnx`, and folders
/// `test_data_set_*` of `input_*.pb` and `output_*.pb`.
@NullMarked
record OnnxCase(Path folder) {
    static List<OnnxCase> in(Path parent) {
        return folders(parent, "").stream()
                .filter(folder -> Files.exists(folder.resolve("model.onnx")))
                .map(OnnxCase::new)
                .toList();
    }

    private static List<Path> folders(Path parent, String prefix) {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(Files::isDirectory)
                    .filter(entry -> entry.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return folder.getFileName().toString();
    }

    Path model() {
        return folder.resolve("model.onnx");
    }

    List<Path> dataSets() {
        return folders(folder, "test_data_set_");
    }

    /// The tensors of a data set, by the names of the ports they are for, in the types that graphs compute in.
    ///
    /// @param kind `input` or `output`
    static Map<String, Tensor> tensors(Path dataSet, String kind, List<Port> ports) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < ports.size(); i++) {
            Path file = dataSet.resolve(kind + "_" + i + ".pb");
            if (Files.exists(file)) {
                tensors.put(ports.get(i).name(), computed(OnnxTensors.read(file)));
            }
        }
        return tensors;
    }

    private static Tensor computed(Tensor tensor) {
        return tensor.type().element().isFloating() ? tensor.converted(ElementType.FLOAT32) : tensor;
    }
}
