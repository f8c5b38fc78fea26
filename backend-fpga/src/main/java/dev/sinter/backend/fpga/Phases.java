package dev.sinter.backend.fpga;

import dev.sinter.ir.kernel.Stmt;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// The phases of a kernel in the order in which they follow each other, and the way from each iteration to the next.
final class Phases {
    private final List<Phase> all = new ArrayList<>();
    private final Map<Stmt.For, List<Phase>> inside = new IdentityHashMap<>();
    private final Map<Stmt.For, List<Stmt.For>> children = new IdentityHashMap<>();
    private final List<Stmt.For> outermost = new ArrayList<>();

    private Phases() {}

    /// @param body of a kernel of one work-item, in which what is unrolled is written out
    static Phases of(List<Stmt> body) {
        Phases phases = new Phases();
        phases.split(body, List.of(), phases.outermost);
        return phases;
    }

    List<Phase> all() {
        return all;
    }

    /// The loops directly inside of a loop, in order.
    List<Stmt.For> children(Stmt.For loop) {
        return children.getOrDefault(loop, List.of());
    }

    List<Stmt.For> outermost() {
        return outermost;
    }

    /// The phase with which a loop begins.
    Phase first(Stmt.For loop) {
        return inside.getOrDefault(loop, List.of()).getFirst();
    }

    private List<Phase> split(List<Stmt> statements, List<Stmt.For> around, List<Stmt.For> loops) {
        List<Phase> phases = new ArrayList<>();
        List<Stmt> straight = new ArrayList<>();
        for (Stmt statement : statements) {
            if (!(statement instanceof Stmt.For loop)) {
                requireStraight(statement);
                straight.add(statement);
                continue;
            }
            loops.add(loop);
            List<Stmt.For> path = new ArrayList<>(around);
            path.add(loop);
            List<Stmt.For> own = new ArrayList<>();
            List<Phase> inner = split(loop.body(), path, own);
            children.put(loop, own);
            inside.put(loop, inner);
            if (phases.isEmpty()) {
                inner.getFirst().before(around.size(), straight);
            } else {
                phases.getLast().after(around.size(), straight);
            }
            straight = new ArrayList<>();
            phases.addAll(inner);
        }
        if (phases.isEmpty()) {
            Phase phase = new Phase(all.size(), around, straight);
            all.add(phase);
            return List.of(phase);
        }
        phases.getLast().after(around.size(), straight);
        return phases;
    }

    private static void requireStraight(Stmt statement) {
        List<Stmt> inner = switch (statement) {
            case Stmt.If(_, List<Stmt> body) -> body;
            case Stmt.Let(_, _, List<Stmt> body) -> body;
            case Stmt.For _ -> throw new Unsupported("a loop runs under a condition");
            case Stmt.Allocate _,
                    Stmt.Barrier _,
                    Stmt.Assign _,
                    Stmt.Store _,
                    Stmt.ChannelWrite _,
                    Stmt.ChannelRead _ -> List.of();
        };
        inner.forEach(Phases::requireStraight);
    }
}
