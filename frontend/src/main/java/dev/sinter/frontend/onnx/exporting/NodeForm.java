package dev.sinter.frontend.onnx.exporting;

import com.google.protobuf.ByteString;
import dev.sinter.frontend.onnx.file.AttributeType;
import dev.sinter.frontend.onnx.proto.AttributeProto;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// An operator in ONNX's words: its name, its attributes, and what ONNX takes as further inputs that the graph has as
/// attributes. Filled in by [OperatorForms].
final class NodeForm {
    /// A constant input after the node's own ones.
    record ConstantInput(String name, Tensor tensor) {}

    private final String operator;
    private final List<AttributeProto> attributes = new ArrayList<>();
    private final List<ConstantInput> operands = new ArrayList<>();
    private Optional<ConstantInput> second = Optional.empty();

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

    /// A constant input after the node's first one.
    Optional<ConstantInput> second() {
        return second;
    }

    NodeForm second(String name, Tensor tensor) {
        second = Optional.of(new ConstantInput(name, tensor));
        return this;
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
        operands.add(new ConstantInput(name, tensor));
        return this;
    }

    private static AttributeProto.Builder attribute(String name, AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type.number());
    }

    private NodeForm add(AttributeProto.Builder attribute) {
        attributes.add(attribute.build());
        return this;
    }
}
