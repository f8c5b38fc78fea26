package dev.sinter.frontend.onnx.file;

import dev.sinter.frontend.onnx.proto.AttributeProto;
import java.util.Arrays;
import java.util.Locale;

/// The types of attributes that are read, and their numbers in files.
public enum AttributeType {
    FLOAT(1),
    INT(2),
    STRING(3),
    TENSOR(4),
    GRAPH(5),
    FLOATS(6),
    INTS(7),
    STRINGS(8);

    private final int number;

    AttributeType(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// For messages; also of numbers that are not read.
    public static String name(int number) {
        return Arrays.stream(values())
                .filter(type -> type.number == number)
                .findFirst()
                .map(AttributeType::text)
                .orElse("of type number " + number);
    }

    /// True if the attribute holds such a value, or an empty list, which no field shows.
    public boolean isFilled(AttributeProto proto) {
        return switch (this) {
            case FLOAT -> proto.hasF();
            case INT -> proto.hasI();
            case STRING -> proto.hasS();
            case TENSOR -> proto.hasT();
            case GRAPH -> proto.hasG();
            case FLOATS, INTS, STRINGS -> !proto.hasF() && !proto.hasI() && !proto.hasS() && !proto.hasT();
        };
    }
}
