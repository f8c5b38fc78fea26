package dev.sinter.ir.kernel;

import java.util.List;
import java.util.stream.Stream;

/// The arrays that statements make.
public final class Allocations {
    private Allocations() {}

    /// Those of `statements`, at any depth, in the order in which they are made.
    public static Stream<KernelArray> in(List<Stmt> statements) {
        return statements.stream().flatMap(statement -> switch (statement) {
            case Stmt.Allocate(KernelArray array) -> Stream.of(array);
            case Stmt.For loop -> in(loop.body());
            case Stmt.If(_, List<Stmt> body) -> in(body);
            case Stmt.Let(_, _, List<Stmt> body) -> in(body);
            case Stmt.Barrier _, Stmt.Assign _, Stmt.Store _, Stmt.ChannelWrite _, Stmt.ChannelRead _ -> Stream.of();
        });
    }
}
