package dev.sinter.frontend.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.function.Executable;

/// What tests of wrong models have in common.
@NullMarked
final class ModelFaults {
    private ModelFaults() {}

    static CompileException fails(Code code, String says, Executable action) {
        CompileException fault = assertThrows(CompileException.class, action);
        assertEquals(code, fault.code(), fault.getMessage());
        assertTrue(String.valueOf(fault.getMessage()).contains(says), fault.getMessage());
        return fault;
    }

    static OnnxBuilder relu() {
        return OnnxBuilder.opset(18).input("x", 1, 3).node("Relu", "x", "y").output("y");
    }

    static void parse(ModelProto.Builder model) {
        OnnxModel.parse(model.build().toByteArray(), "test").graph();
    }
}
