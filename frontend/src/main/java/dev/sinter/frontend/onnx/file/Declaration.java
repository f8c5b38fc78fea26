package dev.sinter.frontend.onnx.file;

import dev.sinter.frontend.onnx.proto.TensorShapeProto;
import dev.sinter.frontend.onnx.proto.TypeProto;
import dev.sinter.frontend.onnx.proto.ValueInfoProto;
import dev.sinter.frontend.port.Dimension;
import dev.sinter.frontend.port.Port;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a file says of a value's type.
public final class Declaration {
    private Declaration() {}

    /// @param place what messages call the network
    public static Port port(ValueInfoProto info, String place) {
        String name = info.getName();
        if (name.isEmpty()) {
            throw new CompileException(Code.ONNX_FORMAT, place, "declares a value without a name", null);
        }
        TypeProto type = info.getType();
        if (!type.hasTensorType()) {
            String kind = type.getValueCase().name().replace("_TYPE", "").toLowerCase(Locale.ROOT);
            throw new CompileException(
                    type.getValueCase() == TypeProto.ValueCase.VALUE_NOT_SET ? Code.ONNX_FORMAT : Code.ONNX_TENSOR,
                    place,
                    type.getValueCase() == TypeProto.ValueCase.VALUE_NOT_SET
                            ? "declares " + name + " without a type"
                            : "declares " + name + " as " + kind + " but only tensors are supported",
                    null);
        }
        long number = type.getTensorType().getElemType();
        ElementType element = DataType.of(number)
                .flatMap(DataType::element)
                .orElseThrow(() -> new CompileException(
                        Code.ONNX_TENSOR,
                        place,
                        "declares " + name + " with elements of type " + DataType.name(number)
                                + ", which is not supported",
                        null));
        return new Port(name, element, dims(type.getTensorType()));
    }

    private static Optional<List<Dimension>> dims(TypeProto.Tensor tensor) {
        if (!tensor.hasShape()) {
            return Optional.empty();
        }
        List<Dimension> dims = new ArrayList<>();
        for (TensorShapeProto.Dimension dim : tensor.getShape().getDimList()) {
            dims.add(dimension(dim));
        }
        return Optional.of(dims);
    }

    private static Dimension dimension(TensorShapeProto.Dimension dim) {
        if (!dim.getDimParam().isEmpty()) {
            return new Dimension.Symbol(dim.getDimParam());
        }
        // Some exporters write -1 for what is open.
        return dim.hasDimValue() && dim.getDimValue() >= 0
                ? new Dimension.Fixed(dim.getDimValue())
                : new Dimension.Unknown();
    }

    /// @param place the node that yields the value
    /// @param batchChanged if the extents are no longer those that the file was written for, or only bounds
    /// @throws CompileException if what was inferred contradicts what is declared
    public static void check(Port declared, TensorType inferred, String place, boolean batchChanged) {
        boolean same = DataType.computed(declared.element()) == inferred.element()
                && (batchChanged
                        || declared.dims().map(dims -> agrees(dims, inferred)).orElse(true));
        if (!same) {
            throw new CompileException(
                    Code.GRAPH_TYPE_CLAIM,
                    place,
                    "is " + inferred + " but the model declares " + declared,
                    "the declaration is wrong, or the model was edited after its shapes were inferred");
        }
    }

    private static boolean agrees(List<Dimension> dims, TensorType inferred) {
        if (dims.size() != inferred.shape().rank()) {
            return false;
        }
        for (int axis = 0; axis < dims.size(); axis++) {
            if (dims.get(axis) instanceof Dimension.Fixed(long extent)
                    && extent != inferred.shape().dim(axis)) {
                return false;
            }
        }
        return true;
    }
}
