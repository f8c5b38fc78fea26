package dev.sinter.frontend.onnx.node;

import dev.sinter.frontend.onnx.file.DataType;
import java.util.Optional;

/// The range of the integers that numbers are quantised to.
public record QuantizedType(DataType type, double least, double most) {
    /// Empty for floating-point types, which are quantised to by rounding.
    public static Optional<QuantizedType> of(DataType type) {
        return switch (type) {
            case INT8, INT16, INT32, INT4, INT2 -> {
                double half = Math.scalb(1.0, type.bits() - 1);
                yield Optional.of(new QuantizedType(type, -half, half - 1));
            }
            case UINT8, UINT16, UINT32, UINT4, UINT2 ->
                Optional.of(new QuantizedType(type, 0, Math.scalb(1.0, type.bits()) - 1));
            case FLOAT, FLOAT16, BFLOAT16, DOUBLE -> Optional.empty();
            case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0, FLOAT4E2M1 -> Optional.empty();
            case STRING, INT64, UINT64, BOOL, COMPLEX64, COMPLEX128 -> Optional.empty();
        };
    }
}
