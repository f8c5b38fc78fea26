package dev.sinter.frontend.onnx;

import dev.sinter.ir.type.ElementType;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// ONNX's element types, in the order of their numbers, which begin at 1.
enum DataType {
    FLOAT(ElementType.FLOAT32),
    UINT8(ElementType.UINT8),
    INT8(ElementType.INT8),
    UINT16(ElementType.UINT16),
    INT16(ElementType.INT16),
    INT32(ElementType.INT32),
    INT64(ElementType.INT64),
    STRING(null),
    BOOL(ElementType.BOOL),
    FLOAT16(ElementType.FLOAT16),
    DOUBLE(ElementType.FLOAT64),
    UINT32(ElementType.UINT32),
    UINT64(ElementType.UINT64),
    COMPLEX64(null),
    COMPLEX128(null),
    /// The upper half of an f32, and held as one.
    BFLOAT16(ElementType.FLOAT32),
    FLOAT8E4M3FN(null),
    FLOAT8E4M3FNUZ(null),
    FLOAT8E5M2(null),
    FLOAT8E5M2FNUZ(null),
    UINT4(null),
    INT4(null),
    FLOAT4E2M1(null),
    FLOAT8E8M0(null),
    UINT2(null),
    INT2(null);

    private final @Nullable ElementType element;

    DataType(@Nullable ElementType element) {
        this.element = element;
    }

    static Optional<DataType> of(long number) {
        return number >= 1 && number <= values().length ? Optional.of(values()[(int) number - 1]) : Optional.empty();
    }

    /// For messages; also of numbers that name no type.
    static String name(long number) {
        return of(number).map(DataType::text).orElse("number " + number + " (no known type)");
    }

    int number() {
        return ordinal() + 1;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Empty for types that no tensor here can hold.
    Optional<ElementType> element() {
        return Optional.ofNullable(element);
    }

    /// Graphs compute in f32, whatever floating-point type a model is written in.
    static ElementType computed(ElementType element) {
        return element.isFloating() ? ElementType.FLOAT32 : element;
    }
}
