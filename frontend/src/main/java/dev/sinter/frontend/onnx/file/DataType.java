package dev.sinter.frontend.onnx.file;

import dev.sinter.ir.type.ElementType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// ONNX's element types and their numbers in files.
public enum DataType {
    FLOAT(1, ElementType.FLOAT32),
    UINT8(2, ElementType.UINT8),
    INT8(3, ElementType.INT8),
    UINT16(4, ElementType.UINT16),
    INT16(5, ElementType.INT16),
    INT32(6, ElementType.INT32),
    INT64(7, ElementType.INT64),
    STRING(8, null),
    BOOL(9, ElementType.BOOL),
    FLOAT16(10, ElementType.FLOAT16),
    DOUBLE(11, ElementType.FLOAT64),
    UINT32(12, ElementType.UINT32),
    UINT64(13, ElementType.UINT64),
    COMPLEX64(14, null),
    COMPLEX128(15, null),
    /// The upper half of an f32, and held as one.
    BFLOAT16(16, ElementType.FLOAT32),
    FLOAT8E4M3FN(17, null),
    FLOAT8E4M3FNUZ(18, null),
    FLOAT8E5M2(19, null),
    FLOAT8E5M2FNUZ(20, null),
    UINT4(21, null),
    INT4(22, null),
    FLOAT4E2M1(23, null),
    FLOAT8E8M0(24, null),
    UINT2(25, null),
    INT2(26, null);

    private final int number;
    private final @Nullable ElementType element;

    DataType(int number, @Nullable ElementType element) {
        this.number = number;
        this.element = element;
    }

    public static Optional<DataType> of(long number) {
        return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
    }

    /// The type that holds `element` as it is.
    public static DataType of(ElementType element) {
        return switch (element) {
            case FLOAT16 -> FLOAT16;
            case FLOAT32 -> FLOAT;
            case FLOAT64 -> DOUBLE;
            case INT8 -> INT8;
            case UINT8 -> UINT8;
            case INT16 -> INT16;
            case UINT16 -> UINT16;
            case INT32 -> INT32;
            case UINT32 -> UINT32;
            case INT64 -> INT64;
            case UINT64 -> UINT64;
            case BOOL -> BOOL;
        };
    }

    /// For messages; also of numbers that name no type.
    public static String name(long number) {
        return of(number).map(DataType::text).orElse("number " + number + " (no known type)");
    }

    public int number() {
        return number;
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Empty for types that no tensor here can hold.
    public Optional<ElementType> element() {
        return Optional.ofNullable(element);
    }

    /// Graphs compute in f32, whatever floating-point type a model is written in.
    public static ElementType computed(ElementType element) {
        return element.isFloating() ? ElementType.FLOAT32 : element;
    }
}
