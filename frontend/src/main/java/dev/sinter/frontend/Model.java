package dev.sinter.frontend;

import dev.sinter.frontend.onnx.OnnxModel;
import dev.sinter.frontend.port.Port;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.type.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// A network from a file, before its open dimensions are bound. Immutable: each `with…` method returns another model.
///
/// ```
/// Graph graph = Model.read(Path.of("squeezenet.onnx")).withBatch(8).graph();
/// ```
public interface Model {
    /// Reads an ONNX file or, if it is named `.sir` or begins like it, IR text.
    ///
    /// @throws CompileException if the file is not there, or not a valid model
    static Model read(Path file) {
        return read(file, Trace.silent());
    }

    /// @param trace hears what was decided on the way, for example that f16 is computed in f32
    static Model read(Path file, Trace trace) {
        return TextModel.isText(file) ? TextModel.read(file) : new ImportedModel(OnnxModel.read(file, trace));
    }

    /// Reads an ONNX model from memory. It cannot keep tensors in other files.
    ///
    /// @param name what to call it
    /// @throws CompileException if it is not a valid model
    static Model parse(byte[] onnx, String name) {
        return new ImportedModel(OnnxModel.parse(onnx, name));
    }

    String name();

    /// What must be fed; tensors that the file brings with it are not among them.
    List<Port> inputs();

    List<Port> outputs();

    /// The version of ONNX's standard operators that the model is written for; empty if it is not ONNX.
    OptionalLong opset();

    /// The operators of ONNX that it is made of, each once; none if it is not ONNX.
    default List<String> usedOperators() {
        return List.of();
    }

    /// The network with every dimension bound: a leading one that is open becomes 1.
    ///
    /// @throws CompileException if another dimension is open, or the network is not valid or not supported
    Graph graph();

    /// The network with the dimensions that `bindings` names: a symbol such as `N`, or one dimension of one input such
    /// as `data[2]`.
    ///
    /// @throws CompileException likewise, or if a name is unknown
    default Graph graph(Map<String, Long> bindings) {
        return withDimensions(bindings).graph();
    }

    /// See [#graph(Map)] for the names.
    Model withDimensions(Map<String, Long> bindings);

    /// The same network on `batch` images at once, also where the file fixes the batch at 1.
    ///
    /// Nothing but a file's own shapes says which dimension is the batch: it is taken to be the first of every input
    /// of at least two dimensions. Making the graph fails where the outputs do not then grow with it.
    Model withBatch(long batch);

    /// The same network with an input that is known from now on and need not be fed. Operators that need to know an
    /// operand at compile time, such as the shape of a reshape, can so have it from an input.
    ///
    /// @throws CompileException if there is no such input
    Model withConstant(String input, Tensor value);
}
