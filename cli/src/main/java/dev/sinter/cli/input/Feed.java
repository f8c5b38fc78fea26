package dev.sinter.cli.input;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.Tensor;

/// The samples for one input of a network. May be read by several threads.
public interface Feed {
    long count();

    /// What reports call a sample.
    String label(long i);

    /// One sample, of the input's type.
    ///
    /// @throws CompileException if it cannot be read; the others may still be
    Tensor sample(long i);
}
