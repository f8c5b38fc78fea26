package dev.sinter.cli.conformance;

import dev.sinter.ir.diag.CompileException;
import java.util.List;

/// What became of a case. Not supported is neither passed nor failed.
public sealed interface CaseOutcome {
    /// @param constants the inputs that had to be constants; empty if every input was fed
    /// @param onHost operators of the compiled network that no kernel computed, on a device: the oracle's code did
    record Passed(List<String> constants, List<String> onHost) implements CaseOutcome {
        public Passed {
            constants = List.copyOf(constants);
            onHost = List.copyOf(onHost);
        }
    }

    record Unsupported(CompileException why) implements CaseOutcome {}

    /// An element that is wrong.
    ///
    /// @param constants as above
    record Wrong(List<String> constants, WrongElement element) implements CaseOutcome {
        public Wrong {
            constants = List.copyOf(constants);
        }
    }

    /// Nothing that could be compared: a fault in between, or a result of another type.
    record Broken(String why) implements CaseOutcome {}

    static CaseOutcome broken(Throwable fault) {
        return new Broken(
                fault instanceof CompileException known ? String.valueOf(known.getMessage()) : fault.toString());
    }
}
