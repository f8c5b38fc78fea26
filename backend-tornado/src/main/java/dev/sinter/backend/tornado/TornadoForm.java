package dev.sinter.backend.tornado;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// In which form TornadoVM gets kernels.
public enum TornadoForm {
    /// As bytecode, which TornadoVM compiles for the device: OpenCL, CUDA, Metal, PTX or SPIR-V.
    BYTECODE,

    /// As OpenCL C, which it hands to the device's compiler.
    PREBUILT;

    private static volatile @Nullable TornadoForm chosen;

    /// Chooses the form for all devices that are found from now on.
    ///
    /// @param name of a form, in small letters
    /// @throws CompileException if there is no such form
    public static void choose(String name) {
        chosen = Arrays.stream(values())
                .filter(form -> form.text().equals(name))
                .findFirst()
                .orElseThrow(() -> new CompileException(
                        Code.OPTION, "--tornado-form", "'" + name + "' is no form of kernels", "bytecode or prebuilt"));
    }

    /// The name by which users choose it.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The one that was chosen, if any.
    static Optional<TornadoForm> chosen() {
        return Optional.ofNullable(chosen);
    }
}
