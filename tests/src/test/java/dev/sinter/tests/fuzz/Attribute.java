package dev.sinter.tests.fuzz;

import com.google.protobuf.ByteString;
import dev.sinter.frontend.onnx.proto.AttributeProto;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// An attribute's value, by the kinds that ONNX has.
@NullMarked
sealed interface Attribute {
    record Whole(long value) implements Attribute {}

    record Real(float value) implements Attribute {}

    record Word(String value) implements Attribute {}

    record Wholes(List<Long> values) implements Attribute {
        public Wholes {
            values = List.copyOf(values);
        }
    }

    record Reals(List<Float> values) implements Attribute {
        public Reals {
            values = List.copyOf(values);
        }
    }

    /// As a file has it.
    default AttributeProto named(String name) {
        AttributeProto.Builder proto = AttributeProto.newBuilder().setName(name);
        return switch (this) {
            case Real(float value) -> proto.setType(1).setF(value).build();
            case Whole(long value) -> proto.setType(2).setI(value).build();
            case Word(String value) ->
                proto.setType(3).setS(ByteString.copyFromUtf8(value)).build();
            case Reals(List<Float> values) ->
                proto.setType(6).addAllFloats(values).build();
            case Wholes(List<Long> values) ->
                proto.setType(7).addAllInts(values).build();
        };
    }

    default String text() {
        return switch (this) {
            case Real(float value) -> String.valueOf(value);
            case Whole(long value) -> String.valueOf(value);
            case Word(String value) -> value;
            case Reals(List<Float> values) -> values.toString();
            case Wholes(List<Long> values) -> values.toString();
        };
    }
}
