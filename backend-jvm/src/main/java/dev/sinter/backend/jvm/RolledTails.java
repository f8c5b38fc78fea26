package dev.sinter.backend.jvm;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Rewriting;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.LoopKind;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// For kernels that sum up in a block of registers and then do much with each, as after a quantised convolution:
/// written out for every register, that makes a method that HotSpot does not compile, so that no loop could be, and
/// the sums would be in memory. Here the sums are copied from the registers to an array, and a loop goes over that.
final class RolledTails {
    private final Map<KernelArray, KernelArray> copies = new IdentityHashMap<>();
    private final List<Stmt> copying = new ArrayList<>();
    private final List<KernelArray> registers = new ArrayList<>();

    private RolledTails() {}

    /// The kernel itself if it has no such tail.
    static Kernel apply(Kernel kernel) {
        List<Stmt> body = kernel.body();
        int sums = lastSum(body);
        if (sums < 0) {
            return kernel;
        }
        RolledTails tails = new RolledTails();
        body.subList(0, sums).forEach(tails::note);
        // What the registers hold from here on, they keep.
        int done = tails.lastAssignment(body);
        List<Stmt> after =
                body.subList(done + 1, body.size()).stream().map(tails::rolled).toList();
        if (tails.copies.isEmpty()) {
            return kernel;
        }
        List<Stmt> statements = new ArrayList<>(body.subList(0, done + 1));
        statements.addAll(tails.copying);
        statements.addAll(after);
        return kernel.with(statements);
    }

    private static int lastSum(List<Stmt> body) {
        for (int i = body.size() - 1; i >= 0; i--) {
            if (body.get(i) instanceof Stmt.For loop && loop.kind() instanceof LoopKind.Serial) {
                return i;
            }
        }
        return -1;
    }

    private int lastAssignment(List<Stmt> body) {
        int last = body.size() - 1;
        while (!assignsRegisters(body.subList(last, last + 1)) && last > 0) {
            last--;
        }
        return last;
    }

    private void note(Stmt statement) {
        if (statement instanceof Stmt.Allocate(KernelArray array)
                && !array.isShared()
                && !array.extents().isEmpty()) {
            registers.add(array);
        }
    }

    private Stmt rolled(Stmt statement) {
        if (!(statement instanceof Stmt.For loop)) {
            return statement;
        }
        Stmt.For serial = serial(loop);
        List<Stmt> body = Rewriting.mapArrays(serial.body(), this::copy);
        return new Stmt.For(serial.axis(), serial.from(), serial.until(), serial.kind(), body);
    }

    private KernelArray copy(KernelArray array) {
        return registers.contains(array) ? copies.computeIfAbsent(array, this::copied) : array;
    }

    private KernelArray copied(KernelArray array) {
        KernelArray copy = array.named(array.name() + "_copied");
        List<Axis> axes =
                array.extents().stream().map(extent -> new Axis("i", extent)).toList();
        List<Index> coordinates = axes.stream().map(Index::of).toList();
        Stmt statement =
                new Stmt.Assign(new KernelExpr.Element(copy, coordinates), new KernelExpr.Element(array, coordinates));
        if (array.lanes() > 1) {
            Axis lanes = new Axis("lanes", array.lanes());
            statement = Stmt.For.over(lanes, LoopKind.VECTOR, List.of(statement));
        }
        for (Axis axis : axes.reversed()) {
            statement = Stmt.For.over(axis, LoopKind.UNROLL, List.of(statement));
        }
        copying.add(new Stmt.Allocate(copy));
        copying.add(statement);
        return copy;
    }

    private boolean assignsRegisters(List<Stmt> statements) {
        return statements.stream().anyMatch(statement -> switch (statement) {
            case Stmt.Assign(KernelExpr.Element target, _) -> registers.contains(target.array());
            case Stmt.For loop -> assignsRegisters(loop.body());
            case Stmt.If(_, List<Stmt> body) -> assignsRegisters(body);
            case Stmt.Let(_, _, List<Stmt> body) -> assignsRegisters(body);
            case Stmt.Allocate _, Stmt.Store _, Stmt.Barrier _, Stmt.ChannelWrite _, Stmt.ChannelRead _ -> false;
        });
    }

    private static Stmt.For serial(Stmt.For loop) {
        LoopKind kind = loop.kind() instanceof LoopKind.Unroll ? LoopKind.SERIAL : loop.kind();
        List<Stmt> body = loop.body().stream().map(RolledTails::serial).toList();
        return new Stmt.For(loop.axis(), loop.from(), loop.until(), kind, body);
    }

    private static Stmt serial(Stmt statement) {
        return switch (statement) {
            case Stmt.For loop -> serial(loop);
            case Stmt.If(var conditions, List<Stmt> body) ->
                new Stmt.If(conditions, body.stream().map(RolledTails::serial).toList());
            case Stmt.Let(Axis axis, KernelExpr value, List<Stmt> body) ->
                new Stmt.Let(axis, value, body.stream().map(RolledTails::serial).toList());
            case Stmt.Allocate _,
                    Stmt.Assign _,
                    Stmt.Store _,
                    Stmt.Barrier _,
                    Stmt.ChannelWrite _,
                    Stmt.ChannelRead _ -> statement;
        };
    }
}
