package dev.sinter.frontend.onnx.node;

import dev.sinter.frontend.onnx.proto.GraphProto;
import java.util.List;

/// Writes a node's own graphs into the network.
public interface Subgraphs {
    /// What a graph yields of `arguments`. Each call writes its nodes once more.
    ///
    /// @param place the node that has the graph, for messages
    /// @throws dev.sinter.ir.diag.CompileException if it takes another number of them, or cannot be imported
    List<Operand> inline(GraphProto graph, List<Operand> arguments, String place);
}
