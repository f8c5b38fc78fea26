package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.file.Opset;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import java.util.List;

/// One row of the operator table: an ONNX operator, the opsets in which it means this, and how it becomes operators of
/// the graph.
///
/// @param outputs how many outputs ONNX gives the operator at most
/// @param known inputs whose values the shapes of the outputs depend on, or that must be known for another reason. A
///     node for which they are computed can still be imported once they are there, if the model says the shapes.
public record Row(String name, long since, long until, int outputs, Translation translation, List<Integer> known) {
    public Row {
        known = List.copyOf(known);
        if (since < 1 || until < since || until > Opset.NEWEST) {
            throw new IllegalArgumentException(name + " is said to exist from opset " + since + " to " + until);
        }
    }

    public Row(String name, long since, long until, int outputs, Translation translation) {
        this(name, since, until, outputs, translation, List.of());
    }

    /// Makes the operands that the node's outputs stand for, in order.
    public interface Translation {
        List<Operand> of(OnnxNode node);
    }

    /// Makes the operand that the node's only output stands for.
    public interface Single {
        Operand of(OnnxNode node);
    }

    /// In every opset.
    public static Row of(String name, Single translation) {
        return of(name, 1, translation);
    }

    public static Row of(String name, long since, Single translation) {
        return of(name, since, Opset.NEWEST, translation);
    }

    public static Row of(String name, long since, long until, Single translation) {
        return new Row(name, since, until, 1, node -> List.of(translation.of(node)));
    }

    /// @param outputs how many there are at most
    public static Row many(String name, long since, int outputs, Translation translation) {
        return new Row(name, since, Opset.NEWEST, outputs, translation);
    }

    /// The same, with inputs that must be known.
    Row knowing(Integer... inputs) {
        return new Row(name, since, until, outputs, translation, List.of(inputs));
    }

    /// @param names the names of a node's outputs, blank where one is not wanted
    /// @throws CompileException if the operator has not as many
    public void requireOutputs(List<String> names, String place) {
        int named = names.size();
        while (named > 0 && names.get(named - 1).isEmpty()) {
            named--;
        }
        if (names.isEmpty() || named > outputs) {
            throw new CompileException(
                    Code.OPERANDS,
                    place,
                    "has " + named + " outputs but yields " + (outputs == 1 ? "1" : "1 to " + outputs),
                    null);
        }
    }
}
