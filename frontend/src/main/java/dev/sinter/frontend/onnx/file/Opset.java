package dev.sinter.frontend.onnx.file;

import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.frontend.onnx.proto.OperatorSetIdProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The version of the standard operators that a model is written for.
public final class Opset {
    /// The newest whose operators were compared with the table.
    public static final long NEWEST = 28;

    private Opset() {}

    public static boolean isStandard(String domain) {
        return domain.isEmpty() || domain.equals("ai.onnx");
    }

    /// @throws CompileException if the model names none or one that is not known
    public static long of(ModelProto model, String place) {
        OptionalLong named = model.getOpsetImportList().stream()
                .filter(set -> isStandard(set.getDomain()))
                .mapToLong(OperatorSetIdProto::getVersion)
                .max();
        if (named.isEmpty() && model.getOpsetImportCount() == 0 && model.getIrVersion() < 3) {
            // Before version 3 of the format there was one opset, and no field to name it.
            return 1;
        }
        long version = named.orElseThrow(
                () -> fault(place, "names no opset of ai.onnx but one from 1 to " + NEWEST + " is expected", null));
        if (version < 1 || version > NEWEST) {
            throw fault(
                    place,
                    "is written for opset " + version + " but opsets 1 to " + NEWEST + " are known",
                    version > NEWEST ? "export it for an older opset, such as 18" : null);
        }
        return version;
    }

    private static CompileException fault(String place, String fact, @Nullable String hint) {
        return new CompileException(Code.ONNX_OPSET, place, fact, hint);
    }
}
