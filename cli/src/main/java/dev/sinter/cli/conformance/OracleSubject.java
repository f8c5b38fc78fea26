package dev.sinter.cli.conformance;

import dev.sinter.frontend.BoundModel;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.interp.Interpreter;
import java.util.List;
import java.util.Optional;

/// The interpreter, which has nobody above it but the cases.
public record OracleSubject() implements ConformanceSubject {
    public static final String ID = "oracle";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String name() {
        return "the interpreter";
    }

    @Override
    public Results run(BoundModel model) {
        return new Results(Interpreter.run(model.graph(), model.inputs()), Optional.empty(), List.of());
    }

    @Override
    public boolean refuses(Code code) {
        return false;
    }
}
