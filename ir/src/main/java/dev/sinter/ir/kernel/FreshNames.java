package dev.sinter.ir.kernel;

import dev.sinter.ir.expr.RegisterArray;
import dev.sinter.ir.type.ElementType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Names for register arrays that a pass adds to a kernel.
final class FreshNames {
    private final Set<String> taken = new HashSet<>();

    FreshNames(Kernel kernel) {
        taken.add(kernel.name());
        kernel.arguments().forEach(argument -> taken.add(argument.buffer().name()));
        collect(kernel.body());
    }

    private void collect(List<Stmt> statements) {
        for (Stmt statement : statements) {
            switch (statement) {
                case Stmt.Declare(RegisterArray array) -> taken.add(array.name());
                case Stmt.For loop -> collect(loop.body());
                case Stmt.If(_, List<Stmt> body) -> collect(body);
                case Stmt.Assign _, Stmt.Store _ -> {}
            }
        }
    }

    RegisterArray array(String name, ElementType element, List<Long> extents, int lanes) {
        String unique = Identifiers.unique(name, taken);
        taken.add(unique);
        return new RegisterArray(unique, element, extents, lanes);
    }

    /// A single register.
    RegisterArray register(String name, ElementType element, int lanes) {
        return array(name, element, List.of(), lanes);
    }
}
