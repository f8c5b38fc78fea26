package dev.sinter.backend.jvm;

import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.LoadHoisting;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.kernel.UnrollExpansion;
import dev.sinter.ir.schedule.LoopKind;
import java.util.List;

/// What happens to a kernel before it is printed as bytecode: unrolled loops are written out, so that registers become
/// local variables, as far as methods stay small enough to be compiled.
final class Preparation {
    /// About as many vector statements in one block as HotSpot schedules well; with 126 it began to spill.
    private static final long STATEMENTS_PER_BLOCK = 48;

    private static final long SHORT_LOOP = 8;

    private final long budget;

    private Preparation(long budget) {
        this.budget = budget;
    }

    /// A prepared kernel and its class.
    record Prepared(Kernel kernel, byte[] printed) {}

    /// Expands as much as fits into methods that HotSpot compiles.
    static Prepared prepare(Kernel kernel) {
        Prepared prepared = null;
        for (long budget = BytecodePrinter.LARGEST_METHOD; budget >= 250; budget /= 2) {
            prepared = expanded(kernel, budget);
            if (BytecodePrinter.largestMethod(prepared.printed()) < BytecodePrinter.LARGEST_METHOD) {
                return prepared;
            }
        }
        return expanded(kernel, 0);
    }

    private static Prepared expanded(Kernel kernel, long budget) {
        Preparation preparation = new Preparation(budget);
        Kernel prepared = LoadHoisting.apply(UnrollExpansion.apply(kernel, preparation::isWrittenOut));
        return new Prepared(prepared, BytecodePrinter.print(prepared));
    }

    private boolean isWrittenOut(Stmt.For loop) {
        long trips = loop.axis().extent();
        if (trips * bytes(loop.body()) > budget) {
            return false;
        }
        return switch (loop.kind()) {
            case LoopKind.Unroll _ -> true;
            // The innermost loops of a reduction, for a block of many multiply-adds without a jump.
            case LoopKind.Serial _, LoopKind.Pipeline _ -> {
                long statements = vectorStatements(loop.body());
                yield trips <= SHORT_LOOP && statements > 0 && trips * statements <= STATEMENTS_PER_BLOCK;
            }
            case LoopKind.Vector _, LoopKind.Global _ -> false;
        };
    }

    /// How many statements of vector loops there are when the loops around them are written out.
    private long vectorStatements(List<Stmt> statements) {
        long sum = 0;
        for (Stmt statement : statements) {
            sum += switch (statement) {
                case Stmt.For loop
                when loop.kind() instanceof LoopKind.Vector ->
                    loop.axis().extent() > 1 ? loop.body().size() : 0;
                case Stmt.For loop -> {
                    long inner = vectorStatements(loop.body());
                    // A loop that stays keeps those around it from becoming one block.
                    yield isWrittenOut(loop) ? loop.axis().extent() * inner : inner * STATEMENTS_PER_BLOCK;
                }
                case Stmt.If(_, List<Stmt> body) -> vectorStatements(body);
                case Stmt.Declare _, Stmt.Assign _, Stmt.Store _ -> 0;
            };
        }
        return sum;
    }

    /// About how many bytes of bytecode statements take.
    private long bytes(List<Stmt> statements) {
        long sum = 0;
        for (Stmt statement : statements) {
            sum += switch (statement) {
                case Stmt.Declare _ -> 8;
                case Stmt.For loop -> {
                    boolean repeated = !(loop.kind() instanceof LoopKind.Vector) && isWrittenOut(loop);
                    yield 20 + (repeated ? loop.axis().extent() : 1) * bytes(loop.body());
                }
                case Stmt.If(var conditions, List<Stmt> body) -> 12L * conditions.size() + bytes(body);
                case Stmt.Assign(_, Expr value) -> 3 + bytes(value);
                case Stmt.Store store -> 15 + bytes(store.value());
            };
        }
        return sum;
    }

    private static long bytes(Expr expr) {
        long own = switch (expr) {
            case Expr.Load _ -> 14;
            case Expr.Constant _, Expr.Position _ -> 9;
            case Expr.Within _ -> 20;
            case Expr.Select _, Expr.Binary _ -> 16;
            case Expr.Unary _, Expr.MultiplyAdd _, Expr.Cast _ -> 4;
            case Expr.Register _, Expr.Read _, Expr.Call _, Expr.State _ -> 3;
        };
        return own + expr.operands().stream().mapToLong(Preparation::bytes).sum();
    }
}
