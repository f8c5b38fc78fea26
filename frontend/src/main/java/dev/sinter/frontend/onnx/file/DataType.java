package dev.sinter.frontend.onnx.file;

import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.FloatFormat;
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
    FLOAT8E4M3FN(17, ElementType.FLOAT32),
    FLOAT8E4M3FNUZ(18, ElementType.FLOAT32),
    FLOAT8E5M2(19, ElementType.FLOAT32),
    FLOAT8E5M2FNUZ(20, ElementType.FLOAT32),
    /// Integers of fewer than 8 bits are held in 8.
    UINT4(21, ElementType.UINT8),
    INT4(22, ElementType.INT8),
    FLOAT4E2M1(23, ElementType.FLOAT32),
    FLOAT8E8M0(24, ElementType.FLOAT32),
    UINT2(25, ElementType.UINT8),
    INT2(26, ElementType.INT8);

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

    /// How many bits an element takes in a file; those of fewer than 8 lie side by side, the first in the lowest bits.
    ///
    /// @throws IllegalStateException if no tensor here can hold the type
    public int bits() {
        return switch (this) {
            case BFLOAT16 -> 16;
            case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0 -> 8;
            case FLOAT4E2M1, UINT4, INT4 -> 4;
            case UINT2, INT2 -> 2;
            case FLOAT, UINT8, INT8, UINT16, INT16, INT32, INT64, BOOL, FLOAT16, DOUBLE, UINT32, UINT64 ->
                8 * element().orElseThrow().bytes();
            case STRING, COMPLEX64, COMPLEX128 -> throw new IllegalStateException(this + " is not supported");
        };
    }

    /// The format of floating-point numbers narrower than f32; empty for all other types.
    public Optional<FloatFormat> format() {
        return switch (this) {
            case FLOAT16 -> Optional.of(FloatFormat.FLOAT16);
            case BFLOAT16 -> Optional.of(FloatFormat.BFLOAT16);
            case FLOAT8E4M3FN -> Optional.of(FloatFormat.FLOAT8E4M3FN);
            case FLOAT8E4M3FNUZ -> Optional.of(FloatFormat.FLOAT8E4M3FNUZ);
            case FLOAT8E5M2 -> Optional.of(FloatFormat.FLOAT8E5M2);
            case FLOAT8E5M2FNUZ -> Optional.of(FloatFormat.FLOAT8E5M2FNUZ);
            case FLOAT8E8M0 -> Optional.of(FloatFormat.FLOAT8E8M0);
            case FLOAT4E2M1 -> Optional.of(FloatFormat.FLOAT4E2M1);
            case FLOAT, DOUBLE, UINT8, INT8, UINT16, INT16, INT32, INT64, UINT32, UINT64, BOOL -> Optional.empty();
            case UINT4, INT4, UINT2, INT2, STRING, COMPLEX64, COMPLEX128 -> Optional.empty();
        };
    }

    public boolean isFloating() {
        return element().map(ElementType::isFloating).orElse(false);
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
