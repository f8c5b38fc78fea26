package dev.sinter.frontend.onnx;

import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.frontend.onnx.proto.OperatorSetIdProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;

/// The version of the standard operators that a model is written for.
final class Opset {
    /// The newest whose operators were compared with the table.
    static final long NEWEST = 28;

    private Opset() {}

    static boolean isStandard(String domain) {
        return domain.isEmpty() || domain.equals("ai.onnx");
    }

    /// @throws CompileException if the model names none or one that is not known
    static long of(ModelProto model, String place) {
        long version = 0;
        for (OperatorSetIdProto set : model.getOpsetImportList()) {
            if (isStandard(set.getDomain())) {
                version = Math.max(version, set.hasVersion() ? set.getVersion() : -1);
            }
        }
        if (version == 0 && model.getOpsetImportCount() == 0 && model.getIrVersion() < 3) {
            // Before version 3 of the format there was one opset, and no field to name it.
            return 1;
        }
        if (version < 1 || version > NEWEST) {
            String found = version == 0 ? "names no opset of ai.onnx" : "is written for opset " + version;
            throw new CompileException(
                    Code.ONNX_OPSET,
                    place,
                    found + " but opsets 1 to " + NEWEST + " are known",
                    version > NEWEST ? "export it for an older opset, such as 18" : null);
        }
        return version;
    }
}
