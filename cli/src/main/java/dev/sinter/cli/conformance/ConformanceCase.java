package dev.sinter.cli.conformance;

import dev.sinter.frontend.onnx.OnnxTensors;
import dev.sinter.frontend.port.Port;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.file.Failures;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A model with inputs and the outputs that it must yield, in the layout of ONNX's own tests: `model.onnx`, and folders
/// `test_data_set_*` of `input_*.pb` and `output_*.pb`.
public record ConformanceCase(Path folder) {
    private static final String MODEL = "model.onnx";
    private static final String DATA_SET = "test_data_set_";

    /// Those in folders, each of which is a case or holds cases, in the order of their names.
    ///
    /// @throws CompileException if a folder is not there or there is no case in it
    public static List<ConformanceCase> in(List<Path> folders) {
        List<ConformanceCase> cases = new ArrayList<>();
        folders.forEach(folder -> cases.addAll(in(folder)));
        return cases;
    }

    public static List<ConformanceCase> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            boolean file = Files.exists(folder);
            throw new CompileException(
                    file ? Code.FILE_READ : Code.FILE_MISSING,
                    folder.toString(),
                    file ? "is a file but a folder is expected" : "there is no such folder",
                    null);
        }
        List<ConformanceCase> cases = isCase(folder)
                ? List.of(new ConformanceCase(folder))
                : folders(folder, "").stream()
                        .filter(ConformanceCase::isCase)
                        .map(ConformanceCase::new)
                        .toList();
        if (cases.isEmpty()) {
            throw new CompileException(
                    Code.FILE_READ,
                    folder.toString(),
                    "has no case in it",
                    "a case is a folder of " + MODEL + " and of folders " + DATA_SET
                            + "0, … of input_0.pb, … and output_0.pb, …");
        }
        return cases;
    }

    private static boolean isCase(Path folder) {
        return Files.exists(folder.resolve(MODEL));
    }

    private static List<Path> folders(Path parent, String prefix) {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(Files::isDirectory)
                    .filter(entry -> String.valueOf(entry.getFileName()).startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new CompileException(
                    Code.FILE_READ, parent.toString(), "cannot be read: " + Failures.reason(failure), null, failure);
        }
    }

    public String name() {
        return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    }

    public Path model() {
        return folder.resolve(MODEL);
    }

    public List<Path> dataSets() {
        return folders(folder, DATA_SET);
    }

    /// The inputs of a data set, by the names of the ports they are for, in the types that graphs compute in.
    public static Map<String, Tensor> inputs(Path dataSet, List<Port> ports) {
        return tensors(dataSet, "input", ports);
    }

    /// The outputs that a data set expects, likewise.
    public static Map<String, Tensor> outputs(Path dataSet, List<Port> ports) {
        return tensors(dataSet, "output", ports);
    }

    private static Map<String, Tensor> tensors(Path dataSet, String kind, List<Port> ports) {
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
