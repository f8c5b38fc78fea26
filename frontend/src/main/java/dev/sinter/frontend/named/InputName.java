package dev.sinter.frontend.named;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.NearestNames;
import java.util.List;

/// The name of something that a model expects.
public final class InputName {
    private InputName() {}

    /// @throws CompileException if `name` is not among `valid`; it lists those
    public static void require(String model, String name, List<String> valid) {
        if (!valid.contains(name)) {
            throw new CompileException(
                    Code.INPUT_NAME,
                    model,
                    "has no input '" + name + "'; its inputs are " + String.join(", ", valid),
                    NearestNames.hint(name, valid).orElse(null));
        }
    }
}
