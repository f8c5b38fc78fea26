package dev.sinter.backend.opencl;

import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.Stmt;
import java.util.ArrayList;
import java.util.List;

/// The names that a kernel brings along.
final class Names {
    private Names() {}

    /// Those of its arguments and register arrays.
    static List<String> used(Kernel kernel) {
        List<String> names = new ArrayList<>();
        kernel.arguments().forEach(argument -> names.add(argument.buffer().name()));
        collect(kernel.body(), names);
        return names;
    }

    private static void collect(List<Stmt> statements, List<String> names) {
        for (Stmt statement : statements) {
            switch (statement) {
                case Stmt.Allocate(var array) -> names.add(array.name());
                case Stmt.For loop -> collect(loop.body(), names);
                case Stmt.If(_, List<Stmt> body) -> collect(body, names);
                case Stmt.Assign _, Stmt.Store _, Stmt.Barrier _, Stmt.ChannelWrite _, Stmt.ChannelRead _ -> {}
            }
        }
    }
}
