package dev.sinter.cli.conformance;

import dev.sinter.frontend.BoundModel;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What cases are run on.
public interface ConformanceSubject {
    /// What a model came to.
    ///
    /// @param outputs by name
    /// @param wrong an element on the way there that the oracle judges to be wrong
    /// @param onHost operators that a device left to the oracle's code
    record Results(Map<String, Tensor> outputs, Optional<WrongElement> wrong, List<String> onHost) {
        public Results {
            onHost = List.copyOf(onHost);
        }
    }

    /// The name by which users choose it.
    String id();

    /// What it calls itself.
    String name();

    /// @throws CompileException if it cannot run the model, or fails
    Results run(BoundModel model);

    /// Whether a fault of [#run] says that such models are not supported, rather than that something is wrong.
    boolean refuses(Code code);
}
