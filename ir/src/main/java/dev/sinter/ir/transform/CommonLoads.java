package dev.sinter.ir.transform;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.kernel.Widths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Makes one load of the equal ones in a run of assignments and stores.
///
/// Numbers that a vector statement broadcasts are left alone: CPUs broadcast from memory as fast as they load, and a
/// register for each would take those that the accumulators need.
final class CommonLoads {
    private final FreshNames names;
    private final Optional<Axis> lanes;

    CommonLoads(FreshNames names, Optional<Axis> lanes) {
        this.names = names;
        this.lanes = lanes;
    }

    /// A load, and how many stores to its buffer came before it in its run: equal keys load equal numbers.
    private record Key(KernelExpr expr, int stores) {}

    List<Stmt> of(List<Stmt> statements) {
        List<Stmt> all = new ArrayList<>();
        List<Stmt> run = new ArrayList<>();
        for (Stmt statement : statements) {
            switch (statement) {
                case Stmt.Assign _, Stmt.Store _ -> run.add(statement);
                case Stmt.Allocate _ -> all.add(statement);
                case Stmt.For _, Stmt.If _, Stmt.Let _, Stmt.Barrier _, Stmt.ChannelWrite _, Stmt.ChannelRead _ -> {
                    all.addAll(run(run));
                    run.clear();
                    all.add(statement);
                }
            }
        }
        all.addAll(run(run));
        return all;
    }

    private List<Stmt> run(List<Stmt> statements) {
        Map<Key, Integer> uses = new HashMap<>();
        Map<Buffer, Integer> stores = new IdentityHashMap<>();
        for (Stmt statement : statements) {
            forEachLoad(value(statement), load -> uses.merge(key(load, stores), 1, Integer::sum));
            count(statement, stores);
        }
        List<Stmt> declared = new ArrayList<>();
        List<Stmt> replaced = new ArrayList<>();
        Map<Key, KernelExpr.Element> loaded = new HashMap<>();
        stores.clear();
        for (Stmt statement : statements) {
            forEachLoad(value(statement), load -> {
                Key key = key(load, stores);
                if (uses.getOrDefault(key, 0) > 1 && !loaded.containsKey(key)) {
                    KernelArray array =
                            names.register(InvariantLoads.nameOf(load), load.type(), Widths.of(load, lanes));
                    KernelExpr.Element register = new KernelExpr.Element(array, List.of());
                    declared.add(new Stmt.Allocate(array));
                    replaced.add(new Stmt.Assign(register, load));
                    loaded.put(key, register);
                }
            });
            replaced.add(Values.map(statement, value -> replace(value, loaded, stores)));
            count(statement, stores);
        }
        declared.addAll(replaced);
        return declared;
    }

    private static KernelExpr value(Stmt statement) {
        return statement instanceof Stmt.Assign assign ? assign.value() : ((Stmt.Store) statement).value();
    }

    private static void count(Stmt statement, Map<Buffer, Integer> stores) {
        if (statement instanceof Stmt.Store store) {
            stores.merge(store.buffer(), 1, Integer::sum);
        }
    }

    private static Key key(KernelExpr load, Map<Buffer, Integer> stores) {
        return new Key(load, storesBefore(load, stores));
    }

    private static int storesBefore(KernelExpr load, Map<Buffer, Integer> stores) {
        int own = load instanceof KernelExpr.Load(Buffer buffer, _) ? stores.getOrDefault(buffer, 0) : 0;
        return own
                + load.operands().stream()
                        .mapToInt(operand -> storesBefore(operand, stores))
                        .sum();
    }

    /// Loads that are made in any case, and guarded ones together with their guard.
    private void forEachLoad(KernelExpr expr, Consumer<KernelExpr> action) {
        if (expr instanceof KernelExpr.Load || expr instanceof KernelExpr.Within) {
            boolean broadcast = lanes.isPresent() && expr instanceof KernelExpr.Load && Widths.of(expr, lanes) == 1;
            if (isLoadOnly(expr) && !broadcast) {
                action.accept(expr);
            }
            return;
        }
        expr.operands().forEach(operand -> forEachLoad(operand, action));
    }

    private static boolean isLoadOnly(KernelExpr expr) {
        return expr instanceof KernelExpr.Load
                || expr instanceof KernelExpr.Constant
                || expr instanceof KernelExpr.Within && expr.operands().stream().allMatch(CommonLoads::isLoadOnly);
    }

    private static KernelExpr replace(
            KernelExpr expr, Map<Key, KernelExpr.Element> loaded, Map<Buffer, Integer> stores) {
        if (expr instanceof KernelExpr.Load || expr instanceof KernelExpr.Within) {
            KernelExpr.Element register = loaded.get(key(expr, stores));
            return register != null ? register : expr;
        }
        return expr.mapOperands(operand -> replace(operand, loaded, stores));
    }
}
