package dev.sinter.frontend.onnx.exporting;

import com.google.protobuf.ByteString;
import dev.sinter.frontend.onnx.file.AttributeType;
import dev.sinter.frontend.onnx.proto.AttributeProto;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// An operator in ONNX's words: its name, its attributes, and what ONNX takes as further inputs that the graph has as
/// attributes. Filled in by [OperatorForms].
final class NodeForm {
    /// A constant input.
    ///
    /// @param position where it stands among the node's inputs; none if after all others so far
    record ConstantInput(String name, Tensor tensor, OptionalInt position) {}

    private final String operator;
    private final List<AttributeProto> attributes = new ArrayList<>();
    private final List<ConstantInput> operands = new ArrayList<>();
    private Optional<String> unread = Optional.empty();

    private NodeForm(String operator) {
        this.operator = operator;
    }

    static NodeForm of(String operator) {
        return new NodeForm(operator);
    }

    String operator() {
        return operator;
    }

    List<AttributeProto> attributes() {
        return Collections.unmodifiableList(attributes);
    }

    List<ConstantInput> operands() {
        return Collections.unmodifiableList(operands);
    }

    NodeForm integer(String name, long value) {
        return add(attribute(name, AttributeType.INT).setI(value));
    }

    NodeForm flag(String name, boolean value) {
        return integer(name, value ? 1 : 0);
    }

    NodeForm integers(String name, List<Long> values) {
        return add(attribute(name, AttributeType.INTS).addAllInts(values));
    }

    /// Rounded to float, since ONNX has no other numbers in attributes.
    NodeForm number(String name, double value) {
        return add(attribute(name, AttributeType.FLOAT).setF((float) value));
    }

    NodeForm word(String name, String value) {
        return add(attribute(name, AttributeType.STRING).setS(ByteString.copyFromUtf8(value)));
    }

    NodeForm operand(String name, Tensor tensor) {
        operands.add(new ConstantInput(name, tensor, OptionalInt.empty()));
        return this;
    }

    /// A constant input before some of the node's own.
    NodeForm operandAt(int position, String name, Tensor tensor) {
        operands.add(new ConstantInput(name, tensor, OptionalInt.of(position)));
        return this;
    }

    /// The node's output is ONNX's second; the first, which must be there, is named after it.
    NodeForm afterUnread(String name) {
        unread = Optional.of(name);
        return this;
    }

    Optional<String> unread() {
        return unread;
    }

    private static AttributeProto.Builder attribute(String name, AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type.number());
    }

    private NodeForm add(AttributeProto.Builder attribute) {
        attributes.add(attribute.build());
        return this;
    }
}
