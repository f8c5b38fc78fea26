package dev.sinter.backend.jvm;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.transform.LoadHoisting;
import dev.sinter.ir.transform.UnrollExpansion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What happens to a kernel before it is printed as bytecode: unrolled loops are written out, so that registers become
/// local variables, as far as HotSpot compiles methods of that size.
final class KernelExpansion {
    /// Serial loops of at most so many iterations may be written out too, for blocks without jumps.
    private static final long SHORT_LOOP = 8;

    /// Statements of vector loops, of which a method of a loop has no more.
    private static final long MOST_IN_METHOD = 64;

    /// How the class-file library begins what it says of a method that is larger than any may be.
    private static final String TOO_LARGE = "Code length";

    private final Limits extent;

    private KernelExpansion(Limits extent) {
        this.extent = extent;
    }

    /// How far to go.
    ///
    /// @param block short serial loops are written out up to so many vector statements in one block; 48 are as many
    ///     as HotSpot schedules well, with 126 it began to spill
    /// @param keepReductions leaves unrolled loops alone that index no registers
    /// @param statements no loop is written out to more statements than this
    /// @param rollTails loops over what sums in registers, see [RolledTails]
    private record Limits(long block, boolean keepReductions, long statements, boolean rollTails) {
        Limits(long block, boolean keepReductions, long statements) {
            this(block, keepReductions, statements, false);
        }
    }

    /// From the fastest code to the smallest.
    private static final List<Limits> EXTENTS = List.of(
            new Limits(48, false, 1_000),
            new Limits(24, false, 1_000),
            new Limits(0, false, 1_000),
            new Limits(0, true, 1_000),
            new Limits(48, false, 1_000, true),
            new Limits(0, true, 1_000, true),
            new Limits(0, true, 64),
            new Limits(0, true, 16),
            new Limits(0, true, 0));

    /// A prepared kernel and its class.
    record Prepared(Kernel kernel, byte[] printed, MethodSize size) {}

    static Prepared prepare(Kernel kernel) {
        for (Limits extent : EXTENTS) {
            KernelExpansion preparation = new KernelExpansion(extent);
            Kernel rolled = extent.rollTails() ? RolledTails.apply(kernel) : kernel;
            if (extent.rollTails() && rolled == kernel) {
                continue;
            }
            Kernel prepared = LoadHoisting.apply(UnrollExpansion.apply(rolled, preparation::isWrittenOut));
            Optional<Prepared> whole = printed(prepared, List.of());
            if (isCompilable(whole)) {
                return whole.get();
            }
            List<Stmt.For> parts = preparation.methods(prepared.body());
            Optional<Prepared> inParts = parts.isEmpty() ? whole : printed(prepared, parts);
            if (isCompilable(inParts) || inParts.isPresent() && extent == EXTENTS.getLast()) {
                return inParts.get();
            }
        }
        throw new CompileException(
                Code.SCHEDULE_ILLEGAL,
                kernel.label(),
                "a method is larger than the 65,535 bytes that one may have",
                "schedule it with shorter unrolled loops, or divide it between kernels");
    }

    private static boolean isCompilable(Optional<Prepared> prepared) {
        return prepared.filter(one -> one.size().isCompilable()).isPresent();
    }

    /// Empty if a method is larger than any may be.
    private static Optional<Prepared> printed(Kernel kernel, List<Stmt.For> methods) {
        byte[] printed;
        try {
            printed = BytecodePrinter.print(kernel, methods);
        } catch (IllegalArgumentException refused) {
            if (!String.valueOf(refused.getMessage()).startsWith(TOO_LARGE)) {
                throw refused;
            }
            return Optional.empty();
        }
        return Optional.of(new Prepared(kernel, printed, MethodSize.largestOf(printed)));
    }

    /// The outermost loops that can be methods of their own and are not too large for one.
    private List<Stmt.For> methods(List<Stmt> statements) {
        List<Stmt.For> methods = new ArrayList<>();
        for (Stmt statement : statements) {
            switch (statement) {
                case Stmt.For loop when loop.kind() instanceof LoopKind.Vector -> {}
                case Stmt.For loop
                when statements(loop.body()) <= MOST_IN_METHOD && LoopMethod.isPossible(loop) -> methods.add(loop);
                case Stmt.For loop -> methods.addAll(methods(loop.body()));
                case Stmt.If(_, List<Stmt> body) -> methods.addAll(methods(body));
                case Stmt.Let(_, _, List<Stmt> body) -> methods.addAll(methods(body));
                case Stmt.Allocate _,
                        Stmt.Assign _,
                        Stmt.Store _,
                        Stmt.Barrier _,
                        Stmt.ChannelWrite _,
                        Stmt.ChannelRead _ -> {}
            }
        }
        return methods;
    }

    private boolean isWrittenOut(Stmt.For loop) {
        long trips = loop.axis().extent();
        if (trips * statements(loop.body()) > extent.statements()) {
            return false;
        }
        return switch (loop.kind()) {
            case LoopKind.Unroll _ -> !extent.keepReductions() || indexesRegisters(loop.body(), loop.axis());
            case LoopKind.Serial _, LoopKind.Pipeline _ -> {
                long inBlock = vectorStatements(loop.body());
                yield trips <= SHORT_LOOP && inBlock > 0 && trips * inBlock <= extent.block();
            }
            case LoopKind.Vector _, LoopKind.Global _, LoopKind.Local _ -> false;
        };
    }

    private static boolean indexesRegisters(List<Stmt> statements, Axis axis) {
        return statements.stream().anyMatch(statement -> switch (statement) {
            case Stmt.Allocate _, Stmt.Barrier _, Stmt.ChannelWrite _, Stmt.ChannelRead _ -> false;
            case Stmt.For loop -> indexesRegisters(loop.body(), axis);
            case Stmt.If(_, List<Stmt> body) -> indexesRegisters(body, axis);
            case Stmt.Let(_, KernelExpr value, List<Stmt> body) ->
                indexesRegisters(value, axis) || indexesRegisters(body, axis);
            case Stmt.Assign(KernelExpr.Element target, KernelExpr value) ->
                indexesRegisters(target, axis) || indexesRegisters(value, axis);
            case Stmt.Store store -> indexesRegisters(store.value(), axis);
        });
    }

    private static boolean indexesRegisters(KernelExpr expr, Axis axis) {
        boolean[] found = {false};
        expr.forEach(part -> {
            if (part instanceof KernelExpr.Element register) {
                found[0] |= register.places().stream().anyMatch(index -> index.dependsOn(axis));
            }
        });
        return found[0];
    }

    /// How many statements of vector loops there are in one block when the loops around them are written out.
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
                    yield isWrittenOut(loop) ? loop.axis().extent() * inner : inner * (extent.block() + 1);
                }
                case Stmt.If(_, List<Stmt> body) -> vectorStatements(body);
                case Stmt.Let(_, _, List<Stmt> body) -> vectorStatements(body);
                case Stmt.Allocate _,
                        Stmt.Assign _,
                        Stmt.Store _,
                        Stmt.Barrier _,
                        Stmt.ChannelWrite _,
                        Stmt.ChannelRead _ -> 0;
            };
        }
        return sum;
    }

    /// How many statements there are when loops are written out.
    private long statements(List<Stmt> statements) {
        long sum = 0;
        for (Stmt statement : statements) {
            sum += switch (statement) {
                case Stmt.For loop when loop.kind() instanceof LoopKind.Vector -> statements(loop.body());
                case Stmt.For loop -> (isWrittenOut(loop) ? loop.axis().extent() : 1) * statements(loop.body());
                case Stmt.If(_, List<Stmt> body) -> statements(body);
                case Stmt.Let(_, _, List<Stmt> body) -> 1 + statements(body);
                case Stmt.Allocate _,
                        Stmt.Assign _,
                        Stmt.Store _,
                        Stmt.Barrier _,
                        Stmt.ChannelWrite _,
                        Stmt.ChannelRead _ -> 1;
            };
        }
        return sum;
    }
}
