package dev.sinter.frontend.onnx.node;

import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.ir.type.ElementType;
import java.util.Optional;

/// The range of the integers that numbers are quantised to.
public record QuantizedType(ElementType element, long least, long most) {
    /// Empty for floating-point types, which are quantised to by rounding, and for what nothing is quantised to.
    public static Optional<QuantizedType> of(DataType type) {
        return switch (type) {
            case INT8, INT16, INT4, INT2 -> {
                long half = 1L << type.bits() - 1;
                yield Optional.of(new QuantizedType(type.element().orElseThrow(), -half, half - 1));
            }
            case UINT8, UINT16, UINT4, UINT2 ->
                Optional.of(new QuantizedType(type.element().orElseThrow(), 0, (1L << type.bits()) - 1));
            case FLOAT, FLOAT16, BFLOAT16, DOUBLE -> Optional.empty();
            case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0, FLOAT4E2M1 -> Optional.empty();
            case STRING, INT32, UINT32, INT64, UINT64, BOOL, COMPLEX64, COMPLEX128 -> Optional.empty();
        };
    }
}
